package dev.espalier.cli.command;

import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Ensemble;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.Stability;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of several architectures, together with what follows from it or needs no
 * measuring.
 */
final class Scores {

  private final SearchSpace space;
  private final List<? extends Architecture> architectures;
  private final int seeds;
  private final Map<Indicator, List<List<@Nullable Double>>> measured;

  /**
   * @param measured by indicator, then by architecture, then by seed
   */
  Scores(
      SearchSpace space,
      List<? extends Architecture> architectures,
      int seeds,
      Map<Indicator, List<List<@Nullable Double>>> measured) {
    this.space = space;
    this.architectures = architectures;
    this.seeds = seeds;
    this.measured = measured;
  }

  /** The indicators to measure for these. */
  static Set<Indicator> toMeasure(Collection<Criterion> wanted) {
    Set<Indicator> indicators = EnumSet.noneOf(Indicator.class);
    for (Criterion each : wanted) {
      switch (each) {
        case Indicator indicator -> indicators.add(indicator);
        case Ensemble ensemble -> indicators.addAll(ensemble.members());
      }
    }
    indicators.removeIf(Scores::isCounted);
    return indicators;
  }

  private static boolean isCounted(Criterion criterion) {
    return criterion.cost() == Criterion.Cost.COUNTED;
  }

  /** One an architecture, in their order. */
  List<Score> of(Collection<Criterion> wanted) {
    List<Map<String, Score.Values>> byArchitecture =
        architectures.stream().<Map<String, Score.Values>>map(each -> new TreeMap<>()).toList();
    for (Criterion criterion : wanted) {
      List<Score.Values> values = values(criterion);
      for (int i = 0; i < architectures.size(); i++) {
        byArchitecture.get(i).put(criterion.label(), values.get(i));
      }
    }
    return IntStream.range(0, architectures.size())
        .mapToObj(i -> new Score(architectures.get(i).canonical(), byArchitecture.get(i)))
        .toList();
  }

  private List<Score.Values> values(Criterion criterion) {
    List<List<@Nullable Double>> values =
        switch (criterion) {
          case Indicator indicator -> ofIndicator(indicator);
          case Ensemble ensemble -> ofEnsemble(ensemble);
        };
    Double stability = Stability.of(criterion, values);
    if (isCounted(criterion)) {
      return values.stream()
          .map(each -> Score.Values.same(Math.round(known(each.getFirst())), seeds, stability))
          .toList();
    }
    return values.stream().map(each -> Score.Values.of(each, stability)).toList();
  }

  private List<List<@Nullable Double>> ofIndicator(Indicator indicator) {
    return switch (indicator) {
      case PARAMETERS -> counted(Cost::parameters);
      case MACS -> counted(Cost::macs);
      case NTK, REGIONS, NASWOT, JACOV, SYNFLOW, SNIP, GRAD_NORM, L2_NORM, SWAP -> {
        List<List<@Nullable Double>> values = measured.get(indicator);
        if (values == null) {
          throw new IllegalStateException(indicator.label() + " was not measured");
        }
        yield values;
      }
    };
  }

  private List<List<@Nullable Double>> counted(ToLongFunction<Cost> count) {
    return architectures.stream()
        .map(space::standardCost)
        .map(cost -> Collections.<@Nullable Double>nCopies(seeds, (double) count.applyAsLong(cost)))
        .toList();
  }

  /** Ranked a seed at a time. */
  private List<List<@Nullable Double>> ofEnsemble(Ensemble ensemble) {
    List<List<@Nullable Double>> byArchitecture =
        architectures.stream()
            .<List<@Nullable Double>>map(each -> new ArrayList<@Nullable Double>())
            .toList();
    for (int seed = 0; seed < seeds; seed++) {
      Map<Indicator, List<@Nullable Double>> members = new EnumMap<>(Indicator.class);
      for (Indicator member : ensemble.members()) {
        List<@Nullable Double> ofSeed = new ArrayList<>();
        for (List<@Nullable Double> ofOne : ofIndicator(member)) {
          ofSeed.add(ofOne.get(seed));
        }
        members.put(member, ofSeed);
      }
      List<Double> scores = ensemble.scores(members);
      for (int i = 0; i < byArchitecture.size(); i++) {
        byArchitecture.get(i).add(scores.get(i));
      }
    }
    return byArchitecture;
  }

  private static double known(@Nullable Double count) {
    if (count == null) {
      throw new IllegalStateException("a count is never missing");
    }
    return count;
  }
}
