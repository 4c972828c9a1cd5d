package dev.espalier.search.method.metad2a;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.settings.MeasuredLatencies;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.PlacedOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the work is done, and what an architecture may cost; 0 sets no limit.
 *
 * @param device {@code any}, {@code cpu} or {@code gpu}
 * @param macs multiply-accumulates of its network for one image
 * @param parameters trainable numbers of its network
 * @param latency milliseconds, as {@code latencies} tell, or summed over {@code latencyTable}
 * @param latencyTable what each operator takes, wherever it stands; those that it does not name
 *     take nothing
 * @param latencies measured ones of whole networks; null without
 */
public record AffordableSettings(
    String device,
    double macs,
    double parameters,
    double latency,
    List<OperatorLatency> latencyTable,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MeasuredLatencies latencies) {
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

  /** The limits, in words. */
  String inWords() {
    List<String> words = new ArrayList<>();
    if (macs > 0) {
      words.add("macs %,.0f".formatted(macs));
    }
    if (parameters > 0) {
      words.add("parameters %,.0f".formatted(parameters));
    }
    if (latency > 0) {
      words.add("latency %s ms".formatted(latency));
    }
    return String.join(", ", words);
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

  /** Milliseconds of an architecture by its operators. */
  public double latencyOf(Architecture architecture) {
    double sum = 0;
    for (PlacedOperator placed : architecture.placed()) {
      for (OperatorLatency each : latencyTable) {
        sum += each.operator().equals(placed.operator()) ? each.milliseconds() : 0;
      }
    }
    return sum;
  }

  /**
   * Whether an architecture is within the limits.
   *
   * @param cost of its network
   * @param milliseconds that it takes
   */
  public boolean allows(Cost cost, double milliseconds) {
    return (macs == 0 || cost.macs() <= macs)
        && (parameters == 0 || cost.parameters() <= parameters)
        && (latency == 0 || milliseconds <= latency);
  }
}
