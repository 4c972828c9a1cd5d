/** Planted for FoldersTest. */
@NullMarked
package dev.espalier.cli.planted.cycle.one;

import org.jspecify.annotations.NullMarked;
