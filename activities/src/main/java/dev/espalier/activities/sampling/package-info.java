/** Draws architectures, and puts together what training them came to. */
@NullMarked
package dev.espalier.activities.sampling;

import org.jspecify.annotations.NullMarked;
