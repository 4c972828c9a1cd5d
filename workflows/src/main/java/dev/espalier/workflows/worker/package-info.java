/**
 * Which workflows a worker runs, and which revisions of the algorithms: builds may run side by side
 * for a while.
 */
@NullMarked
package dev.espalier.workflows.worker;

import org.jspecify.annotations.NullMarked;
