/** What all stages share: keys, units of work in parallel, pausing, retry rules. */
@NullMarked
package dev.espalier.workflows.stage;

import org.jspecify.annotations.NullMarked;
