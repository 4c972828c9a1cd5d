package dev.espalier.search.method.metad2a;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The least that some architectures cost, each by itself: what a limit is held against that none of
 * them keeps.
 *
 * @param macs of the one with the fewest; {@code parameters} likewise
 * @param milliseconds of the fastest; infinite where nothing is known of any
 */
public record LeastCosts(double macs, double parameters, double milliseconds) {
  /**
   * @param classes of the data
   * @param measured the latencies that the budget names, if any
   * @throws InvalidInput if an architecture is none of the space
   */
  public static LeastCosts of(
      MetaD2aSpecification specification,
      Iterable<Architecture> architectures,
      int classes,
      Optional<LatencyTable> measured) {
    double macs = Double.POSITIVE_INFINITY;
    double parameters = Double.POSITIVE_INFINITY;
    double milliseconds = Double.POSITIVE_INFINITY;
    for (Architecture each : architectures) {
      Cost cost = specification.cost(each.canonical(), classes);
      macs = Math.min(macs, (double) cost.macs());
      parameters = Math.min(parameters, (double) cost.parameters());
      milliseconds = Math.min(milliseconds, specification.milliseconds(each, measured));
    }
    return new LeastCosts(macs, parameters, milliseconds);
  }

  /** The limits that lie below, each with what the least is. */
  public List<String> above(AffordableSettings budget) {
    List<String> above = new ArrayList<>();
    if (budget.macs() > 0 && macs > budget.macs()) {
      above.add("budget.macs is %,.0f, but the smallest has %,.0f".formatted(budget.macs(), macs));
    }
    if (budget.parameters() > 0 && parameters > budget.parameters()) {
      above.add(
          "budget.parameters is %,.0f, but the smallest has %,.0f"
              .formatted(budget.parameters(), parameters));
    }
    if (budget.latency() > 0 && milliseconds > budget.latency()) {
      above.add(
          Double.isInfinite(milliseconds)
              ? "budget.latency is set, but of none of them is known how long it takes"
              : "budget.latency is %s ms, but the fastest takes %s ms"
                  .formatted(plain(budget.latency()), plain(milliseconds)));
    }
    return above;
  }

  private static String plain(double milliseconds) {
    return String.format(Locale.ROOT, "%.4g", milliseconds);
  }
}
