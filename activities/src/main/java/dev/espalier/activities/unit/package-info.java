/** One step of work as Temporal sees it: attempts, heartbeats, stopping, typed failures. */
@NullMarked
package dev.espalier.activities.unit;

import org.jspecify.annotations.NullMarked;
