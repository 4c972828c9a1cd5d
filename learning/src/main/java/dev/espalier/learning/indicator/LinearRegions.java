package dev.espalier.learning.indicator;

import java.util.function.IntFunction;

/**
 * The number of linear regions that random samples fall into: different patterns of which ReLUs are
 * on. A lower bound of the regions that the network has, and never more than the samples.
 *
 * <p>The published program compares all samples with one another in half precision; a hash set of
 * whole patterns gives the same number, exactly, in linear time.
 */
public final class LinearRegions {
  /**
   * Above this share of distinct samples, the count says more about the samples than the network.
   */
  private static final double SATURATION = 0.95;

  private LinearRegions() {}

  /**
   * @param regions different patterns
   * @param samples an upper bound of them
   */
  public record Count(int regions, int samples) {
    /** Whether nearly every sample has a region of its own, so that counts cannot be compared. */
    public boolean saturated() {
      return regions > SATURATION * samples;
    }
  }

  /**
   * Counts batch by batch.
   *
   * @param samples a multiple of {@code batch}
   * @param patterns of the batch that begins at a sample
   */
  public static Count count(int samples, int batch, IntFunction<ActivationPatterns> patterns) {
    ActivationPatterns first = patterns.apply(0);
    Patterns distinct = new Patterns(first.words(), samples);
    first.addTo(distinct);
    for (int from = batch; from < samples; from += batch) {
      patterns.apply(from).addTo(distinct);
    }
    return new Count(distinct.count(), samples);
  }
}
