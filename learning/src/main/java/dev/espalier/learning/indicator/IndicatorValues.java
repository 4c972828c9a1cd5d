package dev.espalier.learning.indicator;

import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.jspecify.annotations.Nullable;

/** What indicators say of several architectures. */
public final class IndicatorValues {
  private IndicatorValues() {}

  /**
   * Measures every architecture, a seed at a time, so that its images are prepared once.
   *
   * @param afterEach run after each architecture; ends the measuring by throwing
   * @return by indicator, then by architecture, then by seed
   */
  public static Map<Indicator, List<List<@Nullable Double>>> of(
      ArchitectureIndicators indicators,
      List<? extends Architecture> architectures,
      Collection<Indicator> wanted,
      List<Long> seeds,
      Runnable afterEach) {
    Map<Indicator, List<List<@Nullable Double>>> byIndicator = new EnumMap<>(Indicator.class);
    for (Indicator indicator : wanted) {
      byIndicator.put(
          indicator,
          architectures.stream()
              .<List<@Nullable Double>>map(each -> new ArrayList<@Nullable Double>())
              .toList());
    }
    for (long seed : seeds) {
      for (int i = 0; i < architectures.size(); i++) {
        for (Map.Entry<Indicator, List<List<@Nullable Double>>> entry : byIndicator.entrySet()) {
          entry.getValue().get(i).add(indicators.score(architectures.get(i), entry.getKey(), seed));
        }
        afterEach.run();
      }
    }
    return byIndicator;
  }

  /**
   * Where each of {@code m} architectures stands by a criterion: its rank by {@code m}, 1 for the
   * best and {@code 1 / m} for the worst, ties at their mean.
   */
  public static double[] standings(Criterion criterion, List<? extends @Nullable Double> values) {
    double[] worths = values.stream().mapToDouble(criterion::worth).toArray();
    double[] standings = new NaturalRanking().rank(worths); // 1 the smallest
    for (int i = 0; i < standings.length; i++) {
      standings[i] /= standings.length;
    }
    return standings;
  }
}
