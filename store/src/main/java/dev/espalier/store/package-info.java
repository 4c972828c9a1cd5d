/**
 * What is remembered: experiments, stages, evaluations, measurements, artifacts, data sets, events
 * and units of work, as documents of a MongoDB database.
 *
 * <p>Every write is one document under a deterministic {@code _id}, and may be repeated: the first
 * write wins, a later one that says the same does nothing, a later one that says something else is
 * refused and reported as {@link dev.espalier.store.Recorded#DIFFERENT}. Nothing here rests on
 * transactions, change streams or secondary indexes. Infrastructure that does not answer shows as
 * {@link dev.espalier.search.failure.Lost}.
 */
@NullMarked
package dev.espalier.store;

import org.jspecify.annotations.NullMarked;
