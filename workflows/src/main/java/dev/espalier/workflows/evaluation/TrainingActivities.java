package dev.espalier.workflows.evaluation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

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
   * @param recordId under which the evaluation is recorded: its own id, salted by {@code run
   *     --fresh}
   * @param protocol the training recipe, canonical JSON
   * @param number position among the stage's trainings, for people
   */
  record TrainArchitecture(
      String experimentId,
      String stage,
      String stageKey,
      String evaluationId,
      @Nullable String recordId,
      String space,
      String architecture,
      String role,
      int number,
      String protocol,
      String specification,
      String dataDigest) {
    @Override
    public String recordId() {
      return recordId == null ? evaluationId : recordId; // histories from before it was told
    }
  }

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
