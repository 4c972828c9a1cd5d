/** Whole installations, with processes killed and frozen for real. */
@NullMarked
package dev.espalier.cli.survival;

import org.jspecify.annotations.NullMarked;
