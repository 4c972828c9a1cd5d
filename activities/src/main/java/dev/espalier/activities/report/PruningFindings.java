package dev.espalier.activities.report;

import dev.espalier.activities.report.ReportModel.Trained;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What TE-NAS found. A condition number that is singular or not finite is null.
 *
 * @param found the architecture the search ended with; null while it has none
 * @param trained the found architecture and the random ones beside it, all trained the same way
 * @param tabulated accuracies looked up in an imported table; empty when none was imported
 */
public record PruningFindings(
    List<Round> rounds, @Nullable Found found, List<Trained> trained, List<Tabulated> tabulated)
    implements ReportModel.Findings {
  public PruningFindings {
    rounds = List.copyOf(rounds);
    trained = List.copyOf(trained);
    tabulated = List.copyOf(tabulated);
  }

  /**
   * One round of pruning.
   *
   * @param number from 1
   * @param condition mean NTK condition number of the network before the round
   * @param regions mean number of linear regions of the network before the round
   * @param drawing the supernet after the round, as SVG
   */
  public record Round(
      int number,
      @Nullable Double condition,
      @Nullable Double regions,
      List<Candidate> candidates,
      String drawing) {
    public Round {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * One operator that could have been removed, and what its removal did.
   *
   * @param edge as people write it: {@code 3←1}
   * @param conditionDelta relative fall of the condition number; null when singular
   * @param regionDelta relative fall of the number of linear regions
   */
  public record Candidate(
      String edge,
      String operator,
      @Nullable Double conditionDelta,
      double regionDelta,
      int conditionRank,
      int regionRank,
      boolean singular,
      boolean removed) {}

  /** The architecture the search ended with. */
  public record Found(
      String architecture,
      String drawing,
      @Nullable Double condition,
      @Nullable Double regions,
      long parameters,
      long macs) {}

  /** One accuracy of the found architecture from an imported table. */
  public record Tabulated(String table, String column, double accuracy) {}
}
