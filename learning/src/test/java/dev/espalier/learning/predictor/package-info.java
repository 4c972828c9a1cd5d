@NullMarked
package dev.espalier.learning.predictor;

import org.jspecify.annotations.NullMarked;
