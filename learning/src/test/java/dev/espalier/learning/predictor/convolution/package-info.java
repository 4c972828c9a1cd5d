@NullMarked
package dev.espalier.learning.predictor.convolution;

import org.jspecify.annotations.NullMarked;
