package dev.espalier.search.statistics;

/**
 * An estimate with its confidence interval.
 *
 * @param confidence the share of such intervals that hold the true value, such as 0.95
 */
public record Interval(double estimate, double low, double high, double confidence) {
  /** Whether the interval lies on one side of this value. */
  public boolean excludes(double value) {
    return value < low || value > high;
  }
}
