package dev.espalier.api.launch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rerun or a fork would do: {@code POST /api/experiments/{id}/rerun/plan} and {@code
 * espalier rerun --dry-run --json}.
 *
 * @param experiment the one before
 * @param verb {@code rerun} or {@code fork}
 * @param from the stage from which all is computed anew; empty for what differs only
 * @param stages in the order in which they run
 * @param seconds about as long as it will take, by what was recorded; null where too little is
 * @param token names all of this: given back, exactly this is done or nothing
 */
public record RerunPlan(
    String experiment,
    String verb,
    String from,
    List<PlannedStage> stages,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double seconds,
    String token) {
  public RerunPlan {
    stages = List.copyOf(stages);
  }

  /** What becomes of a stage. */
  public enum What {
    /** Its result is there. */
    REUSED,
    /** Another experiment is computing it. */
    AWAITED,
    /** Cheap, and done each time. */
    CHECKED,
    COMPUTED
  }

  /**
   * A stage.
   *
   * @param key what it computes
   * @param changes what differs from the one before, and so makes it another; empty for nothing
   * @param by who is computing it, of an awaited one
   * @param seconds what it took before, of one to be computed; null where that is not known
   */
  public record PlannedStage(
      String name,
      String kind,
      String key,
      What what,
      List<Change> changes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String by,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double seconds) {
    public PlannedStage {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A setting, or the data, that differs.
   *
   * @param setting its path, or {@code data}, {@code arithmetic}, {@code revision}
   * @param before as text; empty where it was not there
   */
  public record Change(String setting, String before, String after) {}

  /** Whether anything would be computed at all. */
  @JsonIgnore
  public boolean computesSomething() {
    return stages.stream()
        .anyMatch(stage -> stage.what() == What.COMPUTED || stage.what() == What.AWAITED);
  }
}
