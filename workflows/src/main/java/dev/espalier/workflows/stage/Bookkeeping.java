package dev.espalier.workflows.stage;

import dev.espalier.search.experiment.ExperimentState;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store's side of an experiment: short, idempotent notes of what happened. Where the store does
 * not have what the workflow goes by, a note fails as {@link
 * dev.espalier.workflows.stage.ActivityRules#STORE_BEHIND}.
 */
@ActivityInterface
public interface Bookkeeping {
  /** Notes a change of an experiment's state; {@code eventKey} makes a repeated note one event. */
  void experimentState(StateNote note);

  /** Asks for a stage: to run it, to reuse its result, or to wait for whoever runs it. */
  StageClaim claimStage(StageRequest request);

  /**
   * Records a stage's result.
   *
   * @return the result that counts: the first one ever recorded under the key
   */
  String finishStage(StageResult result);

  /**
   * The result recorded under a key, JSON.
   *
   * @param key the salted stage key
   */
  String stageResult(String key);

  /** Leaves an experiment for a person to look at. */
  void stageFailed(StageFailure failure);

  /** Ends an experiment with its digest and result. */
  void completeExperiment(Completion completion);

  /** Ends an experiment that a person cancelled, and lets go of the stage it held. */
  void cancelExperiment(Cancellation cancellation);

  /** Notes how far a stage is, for people. */
  void stageProgress(StageProgressNote note);

  /** Records what a round of a stage's loop came to. */
  void recordRound(RoundRecord round);

  /**
   * @param state the experiment's state as in the store
   * @param stage the stage in hand, empty when none
   * @param eventKey names the event, empty for none
   * @param text the event in words
   */
  record StateNote(
      String experimentId, ExperimentState state, String stage, String eventKey, String text) {}

  /**
   * @param key the salted stage key
   * @param specification the stage's own parameters, canonical JSON
   * @param inputs keys of the stages before
   * @param recorded the keys that these are recorded under, salted; null from older workflows
   */
  record StageRequest(
      String experimentId,
      String stage,
      String kind,
      String key,
      String specification,
      List<String> inputs,
      String numericClass,
      @Nullable List<String> recorded) {
    public StageRequest {
      inputs = List.copyOf(inputs);
      recorded = recorded == null ? null : List.copyOf(recorded);
    }
  }

  /**
   * @param status CLAIMED, FINISHED or HELD
   * @param result the result of a FINISHED stage
   * @param holder the experiment that runs a HELD stage
   */
  record StageClaim(Status status, @Nullable String result, @Nullable String holder) {
    public enum Status {
      CLAIMED,
      FINISHED,
      HELD
    }
  }

  record StageResult(
      String experimentId, String stage, String kind, String key, String result, double seconds) {}

  /**
   * @param reason in words; empty where the stage's workflow was ended from outside, so that
   *     Temporal has to be asked
   * @param attempt how often the stage has failed in this experiment, from 1
   */
  record StageFailure(
      String experimentId, String stage, String kind, String key, String reason, int attempt) {}

  /**
   * @param recorded the keys that the stages are recorded under; null from older workflows
   */
  record Completion(
      String experimentId, String digest, String result, @Nullable List<String> recorded) {
    public Completion {
      recorded = recorded == null ? null : List.copyOf(recorded);
    }
  }

  record Cancellation(String experimentId, String stage, String kind, String key) {}

  /**
   * @param result canonical JSON, recorded under (stage key, round, "round")
   * @param text the round in words, for the events
   */
  record RoundRecord(
      String experimentId,
      String stage,
      String key,
      int round,
      String result,
      String text,
      Progress next) {}

  record StageProgressNote(String key, Progress progress) {}

  /**
   * @param done finished in this round
   * @param total of this round, in {@code unit}s
   */
  record Progress(int round, int rounds, int done, int total, String unit) {}
}
