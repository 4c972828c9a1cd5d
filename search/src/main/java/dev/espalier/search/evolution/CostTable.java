package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import java.util.List;

/**
 * A cost that is additive over the choices of an architecture.
 *
 * @param name such as {@code macs}, {@code parameters}, {@code latencyMillis}
 * @param fixed what every architecture costs
 * @param parts for every layer, the cost of each of its choices, not negative
 */
public record CostTable(String name, double fixed, List<List<Double>> parts) {
  public static final String MACS = "macs";
  public static final String PARAMETERS = "parameters";

  public CostTable {
    parts = parts.stream().map(List::copyOf).toList();
    boolean isCost = isCost(fixed);
    for (List<Double> layer : parts) {
      for (double part : layer) {
        isCost &= isCost(part);
      }
    }
    if (!isCost) {
      throw new InvalidInput(
          "%s: every part of a cost must be a number, 0 or more".formatted(name));
    }
  }

  private static boolean isCost(double value) {
    return Double.isFinite(value) && value >= 0;
  }

  public double of(Genome genome) {
    double sum = fixed;
    int position = 0;
    for (List<Double> layer : parts) {
      for (double part : layer) {
        if (genome.bit(position)) {
          sum += part;
        }
        position++;
      }
    }
    return sum;
  }
}
