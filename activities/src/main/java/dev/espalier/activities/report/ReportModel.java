package dev.espalier.activities.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows of one experiment: plain values, already looked up.
 *
 * <p>Accuracies are ratios in [0, 1]; a condition number that is singular or not finite is null.
 *
 * @param specification the resolved specification as canonical JSON
 * @param found the architecture the search ended with; null while it has none
 * @param trained the found architecture and the random ones beside it, all trained the same way
 * @param tabulated accuracies looked up in an imported table; empty when none was imported
 */
public record ReportModel(
    Heading heading,
    String specification,
    List<Stage> stages,
    List<Round> rounds,
    @Nullable Found found,
    List<Trained> trained,
    List<Tabulated> tabulated,
    Provenance provenance) {

  public ReportModel {
    stages = List.copyOf(stages);
    rounds = List.copyOf(rounds);
    trained = List.copyOf(trained);
    tabulated = List.copyOf(tabulated);
  }

  /** Which experiment this is and how it stands. */
  public record Heading(
      String id,
      String method,
      String space,
      String data,
      String preset,
      long seed,
      String state,
      @Nullable String reason,
      Instant created,
      @Nullable Instant started,
      @Nullable Instant ended) {}

  /** One stage: its state, its time, and what went wrong and was mended on the way. */
  public record Stage(
      String name,
      String key,
      String state,
      @Nullable Instant started,
      double seconds,
      int attempts,
      int recoveries,
      @Nullable String reason) {}

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

  /**
   * One architecture trained by the experiment's recipe.
   *
   * @param validationAccuracy null where the training diverged; {@code testAccuracy} likewise
   * @param loss training loss by epoch
   * @param validation validation accuracy by epoch
   */
  public record Trained(
      String role,
      String architecture,
      long parameters,
      @Nullable Double validationAccuracy,
      @Nullable Double testAccuracy,
      List<Point> loss,
      List<Point> validation) {
    /** The role of the architecture the search ended with; every other role is a comparison. */
    public static final String FOUND = "found";

    public Trained {
      loss = List.copyOf(loss);
      validation = List.copyOf(validation);
    }

    public boolean isFound() {
      return role.equals(FOUND);
    }
  }

  /** One point of a curve. */
  public record Point(double x, double y) {}

  /** One accuracy of the found architecture from an imported table. */
  public record Tabulated(String table, String column, double accuracy) {}

  /** What one needs to know to get the same bits again. */
  public record Provenance(
      String version,
      @Nullable String numericClass,
      @Nullable String dataDigest,
      @Nullable String digest,
      Map<String, String> environment) {
    public Provenance {
      environment = Map.copyOf(environment);
    }
  }
}
