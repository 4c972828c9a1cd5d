package dev.espalier.api.series;

import org.jspecify.annotations.Nullable;

/**
 * One number that an experiment has measured, in long form.
 *
 * @param stage the stage's name
 * @param series what it is, such as {@code validation-ab12} or {@code round/candidates/regionDelta}
 * @param round of the stage, from 0
 * @param step within the series: an epoch, an index of a list; 0 where it is a single number
 * @param value null where it was not finite
 */
public record SeriesRow(
    String stage, String series, int round, long step, @Nullable Double value) {}
