package dev.espalier.activities.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows of one experiment: plain values, already looked up.
 *
 * <p>Accuracies are ratios in [0, 1].
 *
 * @param specification the resolved specification as canonical JSON
 * @param findings what the method found, as far as it is known
 */
public record ReportModel(
    Heading heading,
    String specification,
    List<Stage> stages,
    Findings findings,
    Provenance provenance) {

  public ReportModel {
    stages = List.copyOf(stages);
  }

  /** What a method found: of every method its own. */
  public sealed interface Findings permits PruningFindings, EvolutionFindings, TrainingFindings {}

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
   * One architecture trained by the experiment's recipe.
   *
   * @param macs multiply-accumulates of its network for one image
   * @param seed of the training; null where it is not told
   * @param validationAccuracy null where the training diverged; {@code testAccuracy} likewise
   * @param loss training loss by epoch
   * @param validation validation accuracy by epoch
   */
  public record Trained(
      String role,
      String architecture,
      long parameters,
      long macs,
      @Nullable Long seed,
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
