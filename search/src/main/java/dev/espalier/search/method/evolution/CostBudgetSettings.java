package dev.espalier.search.method.evolution;

import dev.espalier.search.settings.Require;
import java.util.List;

/**
 * Where the work is done, and what an architecture may cost; 0 sets no limit.
 *
 * @param device {@code any}, {@code cpu} or {@code gpu}
 * @param macs multiply-accumulates of the convolutions for one image
 * @param parameters trainable numbers
 * @param latency milliseconds, summed over {@code latencyTable}
 * @param latencyTable milliseconds of every operation, a list for every layer; empty without one
 */
public record CostBudgetSettings(
    String device,
    double macs,
    double parameters,
    double latency,
    List<List<Double>> latencyTable) {
  public CostBudgetSettings {
    Require.oneOf("device", device, "any", "cpu", "gpu");
    Require.notNegative("macs", macs);
    Require.notNegative("parameters", parameters);
    Require.notNegative("latency", latency);
    latencyTable = latencyTable.stream().map(List::copyOf).toList();
  }
}
