package dev.espalier.workflows.evaluation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Trains architectures. */
@ActivityInterface
public interface TrainingActivities {
  /**
   * Trains one architecture from its newest checkpoint, or answers with the evaluation that is
   * already there.
   */
  @ActivityMethod(name = "TrainArchitecture")
  TrainedArchitecture train(TrainArchitecture request);

  /**
   * @param evaluationId digest of all that determines the evaluation
   * @param protocol the training recipe, canonical JSON
   * @param number position among the stage's trainings, for people
   */
  record TrainArchitecture(
      String experimentId,
      String stage,
      String stageKey,
      String evaluationId,
      String space,
      String architecture,
      String role,
      int number,
      String protocol,
      String specification,
      String dataDigest) {}

  /**
   * @param weights SHA-256 of the trained weights
   */
  record TrainedArchitecture(
      String evaluationId,
      double validationAccuracy,
      double testAccuracy,
      double trainLoss,
      String weights) {}
}
