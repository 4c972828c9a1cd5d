/**
 * What the command line shows: pure functions from records to lines of text, and the one class that
 * redraws them in place.
 *
 * <p>Lines are made for 80 columns. Colour is an addition, never the only carrier of a meaning.
 */
@NullMarked
package dev.espalier.cli.view;

import org.jspecify.annotations.NullMarked;
