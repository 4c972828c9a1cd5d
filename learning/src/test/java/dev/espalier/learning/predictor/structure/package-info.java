@NullMarked
package dev.espalier.learning.predictor.structure;

import org.jspecify.annotations.NullMarked;
