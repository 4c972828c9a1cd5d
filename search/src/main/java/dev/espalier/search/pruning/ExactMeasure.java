package dev.espalier.search.pruning;

import dev.espalier.search.failure.Diverged;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is rounded; what is singular counts as minus infinity, so that it is pruned last
 * (specs/te-nas.md, 6).
 */
final class ExactMeasure implements Measure {
  @Override
  public double conditionDelta(Effect effect) {
    double with = number(effect.conditionWith());
    double without = number(effect.conditionWithout());
    double delta = (with - without) / with;
    return Double.isFinite(delta) ? delta : Double.NEGATIVE_INFINITY;
  }

  private static double number(@Nullable Double condition) {
    return condition == null ? Double.NaN : condition;
  }

  @Override
  public double regionDelta(Effect effect) {
    double delta = (effect.regionsWith() - effect.regionsWithout()) / effect.regionsWith();
    if (!Double.isFinite(delta)) {
      throw new Diverged(
          "%s linear regions with the candidate and %s without it: at least one is expected"
              .formatted(effect.regionsWith(), effect.regionsWithout()));
    }
    return delta;
  }

  @Override
  public double sortKey(double mean) {
    return mean;
  }
}
