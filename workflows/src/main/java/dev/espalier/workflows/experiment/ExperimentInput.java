package dev.espalier.workflows.experiment;

import dev.espalier.workflows.stage.StagePlan;
import java.util.List;
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
 */
public record ExperimentInput(
    String experimentId,
    String specification,
    String numericClass,
    String dataDigest,
    String salt,
    List<StagePlan> plan,
    @Nullable String store,
    @Nullable Boolean paused) {
  public ExperimentInput {
    plan = List.copyOf(plan);
  }

  /** The same, to begin paused or not. */
  public ExperimentInput beginning(boolean asPaused) {
    return new ExperimentInput(
        experimentId, specification, numericClass, dataDigest, salt, plan, store, asPaused);
  }
}
