/** The files of MetaD2A as others have published them, read into the canonical ones. */
@NullMarked
package dev.espalier.learning.published;

import org.jspecify.annotations.NullMarked;
