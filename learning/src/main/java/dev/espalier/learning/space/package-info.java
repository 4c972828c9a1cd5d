/** How the architectures of a space become networks; a folder for each space. */
@NullMarked
package dev.espalier.learning.space;

import org.jspecify.annotations.NullMarked;
