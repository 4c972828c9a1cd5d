@NullMarked
package dev.espalier.learning.meta;

import org.jspecify.annotations.NullMarked;
