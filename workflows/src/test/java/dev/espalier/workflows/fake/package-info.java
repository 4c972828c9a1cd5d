/** Everything around the workflows, in memory: the store, the units of work, Temporal's server. */
@NullMarked
package dev.espalier.workflows.fake;

import org.jspecify.annotations.NullMarked;
