@NullMarked
package dev.espalier.learning.published;

import org.jspecify.annotations.NullMarked;
