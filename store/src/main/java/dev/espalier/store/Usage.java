package dev.espalier.store;

import java.util.List;
import java.util.Map;

/**
 * What takes how much: bytes of artifacts, which are nearly all that a store holds.
 *
 * @param total of all artifacts
 * @param imported of data sets and models
 * @param shared of what several experiments have
 * @param unreferenced of what nothing names: checkpoints of unfinished work among it
 * @param kinds by kind, the largest first
 * @param experiments the largest first
 */
public record Usage(
    long total,
    long imported,
    long shared,
    long unreferenced,
    List<OfKind> kinds,
    List<OfExperiment> experiments) {
  public Usage {
    kinds = List.copyOf(kinds);
    experiments = List.copyOf(experiments);
  }

  /** Artifacts of a kind. */
  public record OfKind(String kind, int artifacts, long bytes) {}

  /**
   * An experiment's artifacts.
   *
   * @param own bytes of those that nothing else names: what a deletion frees
   * @param shared bytes of those that it has together with others
   * @param kinds its own bytes by kind
   */
  public record OfExperiment(String id, long own, long shared, Map<String, Long> kinds) {
    public OfExperiment {
      kinds = Map.copyOf(kinds);
    }
  }
}
