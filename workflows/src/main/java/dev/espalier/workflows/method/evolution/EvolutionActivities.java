package dev.espalier.workflows.method.evolution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Runs searches on a predictor. */
@ActivityInterface
public interface EvolutionActivities {
  /** Runs one strategy from its newest checkpoint to its end. */
  @ActivityMethod(name = "Evolve")
  Evolved evolve(Evolve request);

  /**
   * @param model SHA-256 of the fitted predictor
   */
  record Evolve(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      String strategy,
      String model) {}
}
