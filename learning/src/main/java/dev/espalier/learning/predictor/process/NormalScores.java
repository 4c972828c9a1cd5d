package dev.espalier.learning.predictor.process;

import dev.espalier.search.statistics.Statistics;
import java.util.Arrays;

/**
 * Numbers by their rank: the quantile of the standard normal distribution at the share of numbers
 * below, and back. Between two known numbers, and beyond the last one, it is straight; so the order
 * of scores is the order of numbers.
 */
public final class NormalScores {
  /** The slope beyond the last number is that of the last tenth. */
  private static final int PART = 10;

  private final double[] numbers; // distinct, in order
  private final double[] scores;

  public NormalScores(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    this.numbers = Arrays.stream(sorted).distinct().toArray();
    this.scores = new double[numbers.length];
    int below = 0;
    for (int i = 0; i < numbers.length; i++) {
      int upTo = below;
      while (upTo < sorted.length && sorted[upTo] == numbers[i]) {
        upTo++;
      }
      scores[i] = Statistics.normalQuantile((below + upTo) / 2.0 / sorted.length);
      below = upTo;
    }
  }

  /** The score of a number, between those of its neighbours; at most that of the greatest. */
  public double score(double number) {
    int last = numbers.length - 1;
    if (number <= numbers[0] || last == 0) {
      return scores[0];
    }
    return number >= numbers[last] ? scores[last] : between(numbers, scores, number);
  }

  /** The number of a score. */
  public double number(double score) {
    int last = numbers.length - 1;
    if (last == 0) {
      return numbers[0];
    }
    int part = Math.max(1, last / PART);
    if (score <= scores[0]) {
      return beyond(0, part, score);
    }
    return score >= scores[last]
        ? beyond(last, last - part, score)
        : between(scores, numbers, score);
  }

  private double beyond(int end, int inner, double score) {
    double slope = (numbers[end] - numbers[inner]) / (scores[end] - scores[inner]);
    return numbers[end] + slope * (score - scores[end]);
  }

  private static double between(double[] from, double[] to, double value) {
    int found = Arrays.binarySearch(from, value);
    if (found >= 0) {
      return to[found];
    }
    int above = -found - 1;
    double share = (value - from[above - 1]) / (from[above] - from[above - 1]);
    return to[above - 1] + share * (to[above] - to[above - 1]);
  }
}
