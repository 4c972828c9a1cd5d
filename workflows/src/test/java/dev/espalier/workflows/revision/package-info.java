/** Builds side by side. */
@NullMarked
package dev.espalier.workflows.revision;

import org.jspecify.annotations.NullMarked;
