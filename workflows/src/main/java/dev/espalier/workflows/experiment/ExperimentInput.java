package dev.espalier.workflows.experiment;

import java.util.List;

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
 */
public record ExperimentInput(
    String experimentId,
    String specification,
    String numericClass,
    String dataDigest,
    String salt,
    List<StagePlan> plan) {
  public ExperimentInput {
    plan = List.copyOf(plan);
  }
}
