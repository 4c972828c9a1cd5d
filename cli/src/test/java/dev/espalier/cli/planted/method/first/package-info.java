/** Planted for FoldersTest. */
@NullMarked
package dev.espalier.cli.planted.method.first;

import org.jspecify.annotations.NullMarked;
