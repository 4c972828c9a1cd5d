package dev.espalier.search.statistics;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Means, deviations, confidence intervals and rank correlations. Sums run from left to right, so
 * that equal input gives equal bits.
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

  /**
   * Kendall's tau-b: ties on either side shrink the divisor; NaN if one side is constant. In O(n
   * log n) (Knight 1966).
   */
  public static double kendallTau(double[] x, double[] y) {
    pairs(x, y);
    return new KendallsCorrelation().correlation(x, y);
  }

  /** Pearson's correlation; NaN if one side is constant. */
  public static double pearson(double[] x, double[] y) {
    pairs(x, y);
    return new PearsonsCorrelation().correlation(x, y);
  }

  /** Spearman's rank correlation, ties with their mean rank; NaN if one side is constant. */
  public static double spearman(double[] x, double[] y) {
    pairs(x, y);
    return new SpearmansCorrelation().correlation(x, y);
  }

  /**
   * The mean with its confidence interval by Student's t distribution, for at least two independent
   * values.
   */
  public static Interval meanInterval(double confidence, double... values) {
    atLeast(2, values);
    double error = standardDeviation(values) / StrictMath.sqrt(values.length);
    return interval(mean(values), error, values.length - 1, confidence);
  }

  /**
   * How much higher the mean of {@code a} is than that of {@code b}, with its confidence interval
   * (Welch 1947: their variances may differ).
   */
  public static Interval difference(double confidence, double[] a, double[] b) {
    atLeast(2, a);
    atLeast(2, b);
    double ofA = squared(standardDeviation(a)) / a.length;
    double ofB = squared(standardDeviation(b)) / b.length;
    double freedom =
        squared(ofA + ofB) / (squared(ofA) / (a.length - 1) + squared(ofB) / (b.length - 1));
    return interval(mean(a) - mean(b), StrictMath.sqrt(ofA + ofB), freedom, confidence);
  }

  /**
   * The number that a standard normal variable is below with this probability.
   *
   * @param probability between 0 and 1, neither included
   */
  public static double normalQuantile(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new InvalidInput("a probability lies between 0 and 1, but was " + probability);
    }
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(probability);
  }

  private static Interval interval(
      double estimate, double error, double freedom, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new InvalidInput(
          "confidence must be between 0 and 1, such as 0.95, but was " + confidence);
    }
    if (error == 0) {
      return new Interval(estimate, estimate, estimate, confidence);
    }
    double reach =
        error * new TDistribution(null, freedom).inverseCumulativeProbability((1 + confidence) / 2);
    return new Interval(estimate, estimate - reach, estimate + reach, confidence);
  }

  private static double squared(double value) {
    return value * value;
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

  /**
   * How likely each of these is the best of {@code draws} that are drawn from them at random, with
   * putting back; equally good ones share. With it, the expected best of so many is the sum of
   * likelihood times value (Dodge, Gururangan, Card, Schwartz and Smith: Show Your Work, EMNLP
   * 2019).
   *
   * @param draws at least 1
   * @return in the order of the values; they sum to one
   */
  public static double[] likelihoodToBeBest(int draws, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] likelihoods = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = first(sorted, values[i]);
      int upTo = below;
      while (upTo < sorted.length && sorted[upTo] == values[i]) {
        upTo++;
      }
      double most = StrictMath.pow((double) upTo / sorted.length, draws);
      double least = StrictMath.pow((double) below / sorted.length, draws);
      likelihoods[i] = (most - least) / (upTo - below);
    }
    return likelihoods;
  }

  private static int first(double[] sorted, double value) {
    int at = Arrays.binarySearch(sorted, value);
    while (at > 0 && sorted[at - 1] == value) {
      at--;
    }
    return at;
  }
}
