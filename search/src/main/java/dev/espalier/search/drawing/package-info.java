/** Cells and supernets, drawn for a page, for Graphviz and for a terminal. */
@NullMarked
package dev.espalier.search.drawing;

import org.jspecify.annotations.NullMarked;
