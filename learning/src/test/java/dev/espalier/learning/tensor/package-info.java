@NullMarked
package dev.espalier.learning.tensor;

import org.jspecify.annotations.NullMarked;
