/** Planted for FoldersTest. */
@NullMarked
package dev.espalier.cli.planted.cycle.two;

import org.jspecify.annotations.NullMarked;
