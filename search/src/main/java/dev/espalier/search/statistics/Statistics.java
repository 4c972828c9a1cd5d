package dev.espalier.search.statistics;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Means, deviations and rank correlations. Sums run from left to right, so that equal input gives
 * equal bits.
 */
public final class Statistics {
  private Statistics() {}

  public static double mean(double... values) {
    atLeast(1, values);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Sample standard deviation (divisor n-1); NaN for a single value. */
  public static double standardDeviation(double... values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length == 1 ? Double.NaN : StrictMath.sqrt(squares / (values.length - 1));
  }

  /** The middle value; the mean of the two middle ones if their number is even. */
  public static double median(double... values) {
    atLeast(1, values);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Kendall's tau-b: ties on either side shrink the divisor; NaN if one side is constant. */
  public static double kendallTau(double[] x, double[] y) {
    pairs(x, y);
    return new KendallsCorrelation().correlation(x, y);
  }

  /** Spearman's rank correlation, ties with their mean rank; NaN if one side is constant. */
  public static double spearman(double[] x, double[] y) {
    pairs(x, y);
    return new SpearmansCorrelation().correlation(x, y);
  }

  private static void pairs(double[] x, double[] y) {
    atLeast(2, x);
    if (x.length != y.length) {
      throw new InvalidInput(
          "a correlation needs pairs, but there are %d and %d values"
              .formatted(x.length, y.length));
    }
  }

  private static void atLeast(int count, double[] values) {
    if (values.length < count) {
      throw new InvalidInput(
          "at least %d values are needed, but there are %d".formatted(count, values.length));
    }
  }
}
