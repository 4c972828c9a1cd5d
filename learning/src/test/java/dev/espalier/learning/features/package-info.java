@NullMarked
package dev.espalier.learning.features;

import org.jspecify.annotations.NullMarked;
