package dev.espalier.search.method.metad2a;

import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.PlacedOperator;
import java.util.List;

/**
 * Where the work is done, and what an architecture may cost; 0 sets no limit.
 *
 * @param device {@code any}, {@code cpu} or {@code gpu}
 * @param macs multiply-accumulates of its network for one image
 * @param parameters trainable numbers of its network
 * @param latency milliseconds, summed over {@code latencyTable}
 * @param latencyTable what each operator takes, wherever it stands; those that it does not name
 *     take nothing
 */
public record AffordableSettings(
    String device,
    double macs,
    double parameters,
    double latency,
    List<OperatorLatency> latencyTable) {
  public AffordableSettings {
    Require.oneOf("device", device, "any", "cpu", "gpu");
    Require.notNegative("macs", macs);
    Require.notNegative("parameters", parameters);
    Require.notNegative("latency", latency);
    latencyTable = List.copyOf(latencyTable);
  }

  /** Whether anything is limited. */
  public boolean limits() {
    return macs > 0 || parameters > 0 || latency > 0;
  }

  /**
   * @param operator its published label
   * @param milliseconds of each place where it stands
   */
  public record OperatorLatency(String operator, double milliseconds) {
    public OperatorLatency {
      Require.present("operator", operator);
      Require.notNegative("milliseconds", milliseconds);
    }
  }

  /** Milliseconds of an architecture. */
  public double latencyOf(Architecture architecture) {
    double sum = 0;
    for (PlacedOperator placed : architecture.placed()) {
      for (OperatorLatency each : latencyTable) {
        sum += each.operator().equals(placed.operator()) ? each.milliseconds() : 0;
      }
    }
    return sum;
  }

  /** Whether an architecture whose network costs so much is within the limits. */
  public boolean allows(Architecture architecture, Cost cost) {
    return (macs == 0 || cost.macs() <= macs)
        && (parameters == 0 || cost.parameters() <= parameters)
        && (latency == 0 || latencyOf(architecture) <= latency);
  }
}
