/**
 * Opening what people give: what a file is, told by its first bytes; what it holds, unpacked within
 * bounds; text in any of the usual encodings; and what is to be said about all of it.
 */
@NullMarked
package dev.espalier.search.input;

import org.jspecify.annotations.NullMarked;
