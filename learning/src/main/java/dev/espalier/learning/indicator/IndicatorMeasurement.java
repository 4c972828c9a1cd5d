package dev.espalier.learning.indicator;

import org.jspecify.annotations.Nullable;

/**
 * One network's indicators.
 *
 * @param condition NTK condition number; null where it was not asked for, or {@code singular}
 * @param singular whether the kernel was singular or not finite
 * @param regions distinct activation patterns; 0 where not asked for
 * @param samples of which the regions were counted, their upper bound; 0 where not asked for
 * @param saturated whether more than 95 % of the samples had a region of their own: then counts
 *     cannot be compared, and more samples or fewer channels are needed
 */
public record IndicatorMeasurement(
    @Nullable Double condition, boolean singular, double regions, int samples, boolean saturated) {}
