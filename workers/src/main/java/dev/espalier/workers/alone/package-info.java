/**
 * Processes that run one unit of work each, for a worker: what kills its process, or is suspected
 * of it, kills nobody else's work there.
 */
@NullMarked
package dev.espalier.workers.alone;

import org.jspecify.annotations.NullMarked;
