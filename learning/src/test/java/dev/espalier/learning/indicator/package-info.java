@NullMarked
package dev.espalier.learning.indicator;

import org.jspecify.annotations.NullMarked;
