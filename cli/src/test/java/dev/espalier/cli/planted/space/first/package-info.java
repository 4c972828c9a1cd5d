/** Planted for FoldersTest. */
@NullMarked
package dev.espalier.cli.planted.space.first;

import org.jspecify.annotations.NullMarked;
