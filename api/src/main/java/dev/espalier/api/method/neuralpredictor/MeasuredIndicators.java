package dev.espalier.api.method.neuralpredictor;

import dev.espalier.search.method.neuralpredictor.InputIndicators;
import java.util.List;

/**
 * Indicators that the predictors read, and what they cost.
 *
 * @param names of them
 * @param architectures that were measured
 * @param cpuSeconds all of them together
 * @param settings of the network that was measured
 */
public record MeasuredIndicators(
    List<String> names, int architectures, double cpuSeconds, InputIndicators settings) {
  public MeasuredIndicators {
    names = List.copyOf(names);
  }

  /** CPU seconds of one architecture. */
  double each() {
    return cpuSeconds / Math.max(1, architectures);
  }

  /** {@code naswot, jacov and synflow}. */
  String list() {
    return names.size() == 1
        ? names.getFirst()
        : "%s and %s"
            .formatted(String.join(", ", names.subList(0, names.size() - 1)), names.getLast());
  }
}
