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
   * @param seed of the training; null for the experiment's
   * @param stopAfterEpoch how far the schedule is followed; 0 or null to its end
   * @param round of the stage's progress; null for the first
   * @param continues under which record the same training stopped before; null where it begins
   * @param training names the random streams, the same for all rungs of one training; null for the
   *     evaluation's id
   * @param tableDigest the table to look it up in, where the specification names one; null for
   *     whatever that name stands for now, in histories from before it was told
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
      String dataDigest,
      @Nullable Long seed,
      @Nullable Integer stopAfterEpoch,
      @Nullable Integer round,
      @Nullable String continues,
      @Nullable String training,
      @Nullable String tableDigest) {
    @Override
    public String recordId() {
      return recordId == null ? evaluationId : recordId; // histories from before it was told
    }
  }

  /**
   * @param testAccuracy null where the training stopped before its end; so is {@code weights}
   * @param trainLoss null where the accuracy was looked up
   * @param weights SHA-256 of the trained weights; null where the accuracy was looked up
   */
  record TrainedArchitecture(
      String evaluationId,
      double validationAccuracy,
      @Nullable Double testAccuracy,
      @Nullable Double trainLoss,
      @Nullable String weights) {}
}
