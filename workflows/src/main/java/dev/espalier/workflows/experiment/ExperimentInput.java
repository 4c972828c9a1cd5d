package dev.espalier.workflows.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.stage.StagePlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment's workflow is given; immutable from launch on.
 *
 * @param experimentId the experiment
 * @param specification resolved, canonical JSON
 * @param numericClass the arithmetic its results belong to, fixed at launch
 * @param dataDigest digest of the data set at launch, empty when the data set has yet to be fetched
 * @param salt empty, or what {@code run --fresh} adds to the stage keys so that nothing finished is
 *     reused
 * @param plan the stages, in order
 * @param store the store that it belongs to; null where it began before stores had a name
 * @param paused whether it begins paused; null is no
 * @param prerequisites what is made first, in order; null for nothing
 * @param salts what is added instead to the keys of single stages, by their names; null for none
 */
public record ExperimentInput(
    String experimentId,
    String specification,
    String numericClass,
    String dataDigest,
    String salt,
    List<StagePlan> plan,
    @Nullable String store,
    @Nullable Boolean paused,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Prerequisite> prerequisites,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> salts) {
  public ExperimentInput {
    plan = List.copyOf(plan);
    prerequisites = prerequisites == null ? null : List.copyOf(prerequisites);
    salts = salts == null ? null : Map.copyOf(salts);
  }

  /** What is made first, in order. */
  public List<Prerequisite> whatIsMadeFirst() {
    return prerequisites == null ? List.of() : prerequisites;
  }

  /** The same, to begin paused or not. */
  public ExperimentInput beginning(boolean asPaused) {
    return new ExperimentInput(
        experimentId,
        specification,
        numericClass,
        dataDigest,
        salt,
        plan,
        store,
        asPaused,
        prerequisites,
        salts);
  }

  /** What is added to the key of a stage, by its name in the experiment. */
  public String saltOf(String stage) {
    return salts == null ? salt : salts.getOrDefault(stage, salt);
  }
}
