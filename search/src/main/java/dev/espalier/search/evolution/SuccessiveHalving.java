package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A plan to train many architectures a little and few of them long (Jamieson and Talwalkar 2016).
 *
 * @param rungs shortest training first
 */
public record SuccessiveHalving(List<Rung> rungs) {
  /**
   * One stage.
   *
   * @param epochs trained in all when it ends
   * @param kept share of its architectures that go on, above 0 and at most 1; the last rung's is 1,
   *     since nothing follows
   */
  public record Rung(int epochs, double kept) {}

  public SuccessiveHalving {
    rungs = List.copyOf(rungs);
    List<String> problems = new ArrayList<>();
    if (rungs.isEmpty()) {
      problems.add("successive halving needs at least one rung, such as 60 epochs that keep all");
    }
    int before = 0;
    for (Rung rung : rungs) {
      if (rung.epochs() <= before) {
        problems.add(
            "every rung must train longer than the one before, but %d epochs follow %d"
                .formatted(rung.epochs(), before));
      }
      if (!(rung.kept() > 0 && rung.kept() <= 1)) {
        problems.add(
            "the share that a rung keeps must be above 0 and at most 1, but was %s"
                .formatted(rung.kept()));
      }
      before = rung.epochs();
    }
    if (problems.isEmpty() && rungs.getLast().kept() != 1) {
      problems.add(
          "the last rung must keep all (1), since nothing follows it, but keeps %s"
              .formatted(rungs.getLast().kept()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /** The share, rounded down, but one at least. */
  private static int keptOf(int count, Rung rung) {
    // In decimal: 0.29 of 100 is 29, though the doubles' product is below.
    BigDecimal kept = BigDecimal.valueOf(rung.kept()).multiply(BigDecimal.valueOf(count));
    return Math.max(1, kept.setScale(0, RoundingMode.FLOOR).intValueExact());
  }

  /**
   * The architectures that go on after a rung, best first; equal ones in the order of their
   * canonical strings.
   *
   * @param rung from 0
   * @param accuracies validation accuracy by canonical string; NaN where training failed, which
   *     never goes on
   */
  public List<String> survivors(int rung, Map<String, Double> accuracies) {
    return accuracies.entrySet().stream()
        .filter(entry -> !entry.getValue().isNaN())
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(accuracies.isEmpty() ? 0 : keptOf(accuracies.size(), rungs.get(rung)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many architectures begin each rung if none fails. */
  public List<Integer> counts(int architectures) {
    List<Integer> counts = new ArrayList<>();
    int left = architectures;
    for (Rung rung : rungs) {
      counts.add(left);
      left = left == 0 ? 0 : keptOf(left, rung);
    }
    return counts;
  }

  /** Epochs of each rung alone, when training goes on where it stopped. */
  public List<Integer> furtherEpochs() {
    List<Integer> further = new ArrayList<>();
    int before = 0;
    for (Rung rung : rungs) {
      further.add(rung.epochs() - before);
      before = rung.epochs();
    }
    return further;
  }
}
