/** Measured latencies of networks on devices, and what they tell of networks that none measured. */
@NullMarked
package dev.espalier.search.latency;

import org.jspecify.annotations.NullMarked;
