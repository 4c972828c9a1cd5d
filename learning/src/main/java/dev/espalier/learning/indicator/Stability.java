package dev.espalier.learning.indicator;

import dev.espalier.search.statistics.Statistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a ranking is more than noise: Kendall's tau-b between the rankings by two halves of the
 * repeats. 1 where both rank alike, about 0 where chance ranks.
 */
public final class Stability {
  private Stability() {}

  /**
   * The agreement of the even with the odd repeats, each cell's mean in them; of an odd number of
   * repeats the last is left out, so that both halves are alike.
   *
   * @param values of each cell, one a repeat; null where it is not a number
   * @return null below two cells or two repeats, and where a half puts all cells level
   */
  public static @Nullable Double of(
      Criterion criterion, List<? extends List<? extends @Nullable Double>> values) {
    int repeats = values.isEmpty() ? 0 : values.getFirst().size();
    if (values.size() < 2 || repeats < 2) {
      return null;
    }
    double[] even = worths(criterion, values, 0);
    double[] odd = worths(criterion, values, 1);
    double tau = Statistics.kendallTau(even, odd);
    return Double.isFinite(tau) ? tau : null;
  }

  private static double[] worths(
      Criterion criterion, List<? extends List<? extends @Nullable Double>> values, int first) {
    return values.stream()
        .mapToDouble(ofCell -> criterion.worth(meanOfHalf(ofCell, first)))
        .toArray();
  }

  private static @Nullable Double meanOfHalf(List<? extends @Nullable Double> values, int first) {
    int used = values.size() / 2 * 2;
    double sum = 0;
    int known = 0;
    for (int repeat = first; repeat < used; repeat += 2) {
      Double value = values.get(repeat);
      if (value != null) {
        sum += value;
        known++;
      }
    }
    return known == 0 ? null : sum / known;
  }
}
