package dev.espalier.workflows.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.workflows.stage.StageRef;
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
   * @param specification the experiment's; null since trainings are asked for by value
   * @param number position among the stage's trainings, for people
   * @param seed of the training; null for the experiment's
   * @param stopAfterEpoch how far the schedule is followed; 0 or null to its end
   * @param round of the stage's progress; null for the first
   * @param continues under which record the same training stopped before; null where it begins
   * @param training names the random streams, the same for all rungs of one training; null for the
   *     evaluation's id
   * @param tableDigest the content of the table to look it up in; null for whatever its name stands
   *     for now, in histories from before it was told
   * @param network around the architecture; null in histories in which the specification was given,
   *     and so are those that follow
   * @param recipe by which it is trained
   * @param table the name of the table to look it up in; null to train it
   * @param attemptsWithoutProgress after which it fails
   * @param countsEpochs whether the stage's progress is the epochs of this training
   * @param policy which of the trainings of that table is looked up; null for the first
   */
  record TrainArchitecture(
      @JsonUnwrapped StageRef ref,
      String evaluationId,
      @Nullable String recordId,
      String space,
      String architecture,
      String role,
      int number,
      String protocol,
      @Nullable String specification,
      String dataDigest,
      @Nullable Long seed,
      @Nullable Integer stopAfterEpoch,
      @Nullable Integer round,
      @Nullable String continues,
      @Nullable String training,
      @Nullable String tableDigest,
      @Nullable NetworkSettings network,
      @Nullable TrainingSettings recipe,
      @Nullable String table,
      @Nullable Integer attemptsWithoutProgress,
      @Nullable Boolean countsEpochs,
      @Nullable String policy) {
    /**
     * The same with what it is to know by value, if it comes from a history in which it was given
     * the whole specification.
     */
    public TrainArchitecture byValue() {
      if (specification == null) {
        return this;
      }
      TrainsNetworks whole = (TrainsNetworks) Json.read(specification, Specification.class);
      boolean looksUp = role.equals(Trainings.SAMPLE) && !whole.table().isEmpty();
      return new TrainArchitecture(
          ref,
          evaluationId,
          recordId,
          space,
          architecture,
          role,
          number,
          protocol,
          null,
          dataDigest,
          seed == null ? Long.valueOf(whole.seed()) : seed,
          stopAfterEpoch,
          round,
          continues,
          training,
          tableDigest,
          whole.training().network(),
          whole.training().recipe(),
          looksUp ? whole.table() : null,
          whole.failure().attemptsWithoutProgress(),
          ref.stage().equals("train"),
          looksUp ? policyOf(whole) : null);
    }

    private static @Nullable String policyOf(TrainsNetworks whole) {
      return whole.policy().isEmpty() ? null : whole.policy();
    }

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
