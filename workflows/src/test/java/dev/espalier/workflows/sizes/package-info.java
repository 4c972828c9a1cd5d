/** The largest experiments that the specifications allow, against Temporal's limits. */
@NullMarked
package dev.espalier.workflows.sizes;

import org.jspecify.annotations.NullMarked;
