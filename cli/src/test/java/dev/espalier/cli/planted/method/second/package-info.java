/** Planted for FoldersTest. */
@NullMarked
package dev.espalier.cli.planted.method.second;

import org.jspecify.annotations.NullMarked;
