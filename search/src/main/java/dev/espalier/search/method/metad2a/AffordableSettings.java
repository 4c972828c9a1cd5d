package dev.espalier.search.method.metad2a;

import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the work is done, and what an architecture may cost; 0 sets no limit.
 *
 * @param device {@code any}, {@code cpu} or {@code gpu}
 * @param macs multiply-accumulates of its network for one image
 * @param parameters trainable numbers of its network
 * @param latency milliseconds, summed over {@code latencyTable}
 * @param latencyTable milliseconds of an operator by its label, for each place where it stands;
 *     operators that it does not name cost nothing
 */
public record AffordableSettings(
    String device,
    double macs,
    double parameters,
    double latency,
    Map<String, Double> latencyTable) {
  public AffordableSettings {
    Require.oneOf("device", device, "any", "cpu", "gpu");
    Require.notNegative("macs", macs);
    Require.notNegative("parameters", parameters);
    Require.notNegative("latency", latency);
    latencyTable = Collections.unmodifiableMap(new TreeMap<>(latencyTable));
  }

  /** Whether anything is limited. */
  public boolean limits() {
    return macs > 0 || parameters > 0 || latency > 0;
  }

  /** Milliseconds of an architecture. */
  public double latencyOf(Architecture architecture) {
    return architecture.placed().stream()
        .mapToDouble(each -> latencyTable.getOrDefault(each.operator(), 0.0))
        .sum();
  }

  /** Whether an architecture whose network costs so much is within the limits. */
  public boolean allows(Architecture architecture, Cost cost) {
    return (macs == 0 || cost.macs() <= macs)
        && (parameters == 0 || cost.parameters() <= parameters)
        && (latency == 0 || latencyOf(architecture) <= latency);
  }
}
