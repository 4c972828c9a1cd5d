@NullMarked
package dev.espalier.learning.predictor.process;

import org.jspecify.annotations.NullMarked;
