/** Builds side by side. */
@NullMarked
package dev.espalier.workflows.worker;

import org.jspecify.annotations.NullMarked;
