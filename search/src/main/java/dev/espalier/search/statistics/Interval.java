package dev.espalier.search.statistics;

/**
 * An estimate with its confidence interval.
 *
 * @param confidence the share of such intervals that hold the true value, such as 0.95
 */
public record Interval(double estimate, double low, double high, double confidence) {
  /** Of a value that cannot lie outside these bounds, nor then its interval. */
  public Interval within(double least, double most) {
    return new Interval(estimate, Math.max(low, least), Math.min(high, most), confidence);
  }

  /** Whether the interval lies on one side of this value. */
  public boolean excludes(double value) {
    return value < low || value > high;
  }
}
