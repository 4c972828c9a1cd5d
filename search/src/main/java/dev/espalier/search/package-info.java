/**
 * What to try next: search spaces and architectures, pruning as pure state, accuracy tables,
 * statistics, and the specification of an experiment. Pure Java: no tensors, no I/O but tables.
 *
 * <p>Settled here beyond the design's page: canonical JSON refuses integers beyond 2<sup>53</sup>,
 * which RFC 8785 cannot spell exactly, so a specification's seed ends there too; {@code
 * search.mode: reference} brings the published program's initialisation and precision along, and
 * each can still be set by itself; images are at least 8 pixels wide and a multiple of 4, since the
 * network halves them twice.
 */
@NullMarked
package dev.espalier.search;

import org.jspecify.annotations.NullMarked;
