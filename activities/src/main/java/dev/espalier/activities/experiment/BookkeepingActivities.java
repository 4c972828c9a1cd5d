package dev.espalier.activities.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Named;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.StageName;
import dev.espalier.store.Claim;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Recorded;
import dev.espalier.store.StageDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.WorkflowEnd;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notes in the store what workflows decide. Every note may be made twice. */
public final class BookkeepingActivities implements Bookkeeping {
  private static final String BY = "workflow";

  /** A stage whose result lacks something again each time it is made is a person's to look at. */
  private static final int REMADE_BY_ITSELF = 3;

  private final Store store;
  private final EspalierMetrics metrics;
  private final Named named;

  public BookkeepingActivities(Store store, EspalierMetrics metrics) {
    this.store = store;
    this.named = new Named(store);
    this.metrics = metrics;
  }

  @Override
  public void experimentState(StateNote note) {
    requireExperiment(note.experimentId());
    boolean paused = note.state() == ExperimentState.PAUSED;
    if (!store.experiments().updateState(note.experimentId(), note.state(), null, asked())) {
      return; // it was delayed, and what came after it holds
    }
    if (!note.stage().isEmpty()) {
      stageOf(note.experimentId(), note.stage())
          .filter(stage -> !stage.key().isEmpty())
          .ifPresent(stage ->
              stageState(
                  note.experimentId(), stage, paused ? StageState.PAUSED : StageState.RUNNING));
    }
    event(
        note.experimentId(),
        note.eventKey(),
        note.state().name().toLowerCase(java.util.Locale.ROOT),
        note.text());
  }

  @Override
  public StageClaim claimStage(StageRequest request) {
    requireExperiment(request.experimentId());
    requireWhole(request.experimentId(), request.recorded());
    StageDocument wanted =
        StageDocument.running(
            request.key(), request.kind(), request.specification(), request.inputs());
    String experiment = request.experimentId();
    store.experiments().setNumericClass(experiment, request.numericClass());
    return switch (store.stages().claim(wanted, experiment)) {
      case Claim.Claimed(StageDocument stage) -> claimed(request);
      case Claim.Finished(StageDocument stage, String result)
          when reopened(stage, result, experiment) ->
          claimStage(request);
      case Claim.Finished(StageDocument stage, String result) -> {
        boolean own = stage.owner().equals(experiment);
        note(request, own ? StageState.COMPLETED : StageState.REUSED);
        if (!own) {
          event(
              experiment,
              request.stage() + "/reused",
              "reused",
              "Stage %s was computed before: its result is reused".formatted(request.stage()));
        }
        rememberData(request.stage(), experiment, result);
        yield new StageClaim(StageClaim.Status.FINISHED, result, null);
      }
      case Claim.Held(StageDocument stage, String owner) ->
          abandoned(owner) && store.stages().takeOver(request.key(), owner, experiment)
              ? claimed(request)
              : new StageClaim(StageClaim.Status.HELD, null, owner);
    };
  }

  /**
   * Without its document an experiment cannot be gone on with: the store was copied, or lost its
   * last second, before the launch.
   */
  private void requireExperiment(String id) {
    if (store.experiments().find(id).isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the store has no experiment %s: it is older than its launch. Launch it again"
              .formatted(id),
          ActivityRules.INVALID_INPUT);
    }
  }

  /** The stages before are finished, as the workflow believes, and what they came to is there. */
  private void requireWhole(String experiment, @Nullable List<String> keys) {
    for (String key : keys == null ? List.<String>of() : keys) {
      StageDocument stage = store.stages().find(key).orElse(null);
      String result = stage == null ? null : stage.result();
      if (result == null || reopened(stage, result, experiment)) {
        throw behind("the result of an earlier stage (%s)".formatted(key));
      }
    }
  }

  private static ApplicationFailure behind(String what) {
    return ApplicationFailure.newNonRetryableFailure(
        "the store does not have %s, which the workflow goes by: it goes on from what there is"
            .formatted(what),
        ActivityRules.STORE_BEHIND);
  }

  /**
   * Whether a finished stage counts as unfinished, since something that its result names is lost.
   */
  private boolean reopened(@Nullable StageDocument stage, String result, String experiment) {
    if (stage == null) {
      return false;
    }
    List<String> lacking = named.lacking(stage.key(), result);
    if (lacking.isEmpty()) {
      return false;
    }
    int times = store.stages().reopen(stage.key(), result, experiment);
    String what = lacking.size() == 1 ? lacking.getFirst() : lacking.size() + " things";
    if (times > REMADE_BY_ITSELF) {
      throw ApplicationFailure.newNonRetryableFailure(
          ("%s was made again %d times, and %s is still missing from the store. Run: espalier verify; "
                  + "then: espalier retry %s")
              .formatted(stage.kind(), REMADE_BY_ITSELF, what, experiment),
          ActivityRules.EXHAUSTED);
    }
    event(
        experiment,
        "%s/lacking/%d".formatted(stage.key(), times),
        "lacking",
        "The store no longer has %s, which the finished %s names: it is made again"
            .formatted(what, stage.kind()));
    return true;
  }

  private StageClaim claimed(StageRequest request) {
    note(request, StageState.RUNNING);
    event(
        request.experimentId(),
        request.stage() + "/started",
        "stage",
        "Stage %s started".formatted(request.stage()));
    return new StageClaim(StageClaim.Status.CLAIMED, null, null);
  }

  /** Whether an experiment that holds a stage will not bring it to its end by itself. */
  private boolean abandoned(String owner) {
    return store
        .experiments()
        .find(owner)
        .map(ExperimentDocument::state)
        .map(state -> state.isOver() || state == ExperimentState.NEEDS_ATTENTION)
        .orElse(true);
  }

  @Override
  public String finishStage(StageResult result) {
    requireExperiment(result.experimentId());
    if (store.stages().find(result.key()).isEmpty()) {
      throw behind("stage %s, which has come to its end".formatted(result.stage()));
    }
    List<String> lacking = named.lacking(result.key(), result.result());
    if (!lacking.isEmpty()) {
      throw behind(lacking.getFirst());
    }
    Recorded recorded =
        store.stages().finish(result.key(), result.result(), result.seconds(), Map.of());
    if (recorded == Recorded.DIFFERENT) {
      metrics.nondeterminism(result.stage());
      event(
          result.experimentId(),
          result.stage() + "/nondeterminism",
          "nondeterminism",
          "Stage %s gave another result than the one recorded under its key: the first one counts. Please report this."
              .formatted(result.stage()));
    }
    ExperimentStage stage =
        new ExperimentStage(
            result.stage(), result.kind(), result.key(), StageState.COMPLETED, null);
    store.experiments().updateStage(result.experimentId(), stage, asked());
    event(
        result.experimentId(),
        result.stage() + "/completed",
        "stage",
        "Stage %s completed in %.1f s".formatted(result.stage(), result.seconds()));
    if (recorded == Recorded.NEW) {
      metrics.stageCompleted(result.stage(), result.seconds());
    }
    String counts =
        store.stages().find(result.key()).map(StageDocument::result).orElse(result.result());
    rememberData(result.stage(), result.experimentId(), counts);
    return Objects.requireNonNull(counts);
  }

  @Override
  public String stageResult(String key) {
    return store
        .stages()
        .find(key)
        .map(StageDocument::result)
        .orElseThrow(() -> behind("the result of an earlier stage (%s)".formatted(key)));
  }

  @Override
  public void stageFailed(StageFailure failure) {
    requireExperiment(failure.experimentId());
    String reason = WorkflowEnd.reason(failure);
    ExperimentStage failed =
        new ExperimentStage(
            failure.stage(), failure.kind(), failure.key(), StageState.FAILED, reason);
    if (!store.experiments().updateStage(failure.experimentId(), failed, asked())) {
      return; // it was delayed, and the stage has been tried again
    }
    store.stages().updateState(failure.key(), StageState.FAILED);
    store
        .experiments()
        .updateState(
            failure.experimentId(),
            ExperimentState.NEEDS_ATTENTION,
            "stage %s: %s".formatted(failure.stage(), reason),
            asked());
    event(
        failure.experimentId(),
        "%s/failed/%d".formatted(failure.stage(), failure.attempt()),
        "failed",
        "Stage %s failed: %s".formatted(failure.stage(), reason));
  }

  @Override
  public void completeExperiment(Completion completion) {
    requireExperiment(completion.experimentId());
    requireWhole(completion.experimentId(), completion.recorded());
    Recorded recorded =
        store
            .experiments()
            .complete(completion.experimentId(), completion.digest(), completion.result());
    new Keepsakes(store).keep(completion.experimentId());
    if (recorded == Recorded.DIFFERENT) {
      metrics.nondeterminism("experiment");
      event(
          completion.experimentId(),
          "nondeterminism",
          "nondeterminism",
          "The experiment ended with another digest than the one recorded: the first one counts. Please report this.");
    }
    event(
        completion.experimentId(),
        "completed",
        "completed",
        "Completed with digest " + completion.digest());
  }

  @Override
  public void cancelExperiment(Cancellation cancellation) {
    requireExperiment(cancellation.experimentId());
    if (!cancellation.key().isEmpty()) {
      store.stages().release(cancellation.key(), cancellation.experimentId());
      stageOf(cancellation.experimentId(), cancellation.stage())
          .filter(stage -> !stage.state().hasResult())
          .ifPresent(stage ->
              store
                  .experiments()
                  .updateStage(
                      cancellation.experimentId(),
                      new ExperimentStage(
                          stage.name(), stage.kind(), stage.key(), StageState.CANCELLED, null),
                      asked()));
    }
    store
        .experiments()
        .updateState(
            cancellation.experimentId(),
            ExperimentState.CANCELLED,
            "cancelled by a person",
            asked());
    metrics.experimentEnded(cancellation.experimentId());
    event(cancellation.experimentId(), "cancelled", "cancelled", "Cancelled");
  }

  @Override
  public void stageProgress(StageProgressNote note) {
    store.stages().progress(note.key(), progress(note.progress()));
  }

  @Override
  public void recordRound(RoundRecord round) {
    Recorded recorded =
        store.measurements().record(round.key(), round.round(), "round", round.result());
    if (recorded == Recorded.DIFFERENT) {
      metrics.nondeterminism(round.stage());
      event(
          round.experimentId(),
          "%s/round/%d/nondeterminism".formatted(round.stage(), round.round()),
          "nondeterminism",
          "Round %d of stage %s gave another result than the one recorded: please report this."
              .formatted(round.round() + 1, round.stage()));
    }
    store.stages().progress(round.key(), progress(round.next()));
    if (recorded == Recorded.NEW) {
      metrics.roundCompleted(round.stage());
    }
    event(
        round.experimentId(),
        "%s/round/%d".formatted(round.stage(), round.round()),
        "round",
        round.text());
  }

  private static StageProgress progress(Progress progress) {
    return new StageProgress(
        progress.round(),
        progress.rounds(),
        progress.done(),
        progress.total(),
        progress.unit(),
        null);
  }

  /** What is made first may be about other data. */
  private void rememberData(String stage, String experimentId, String result) {
    if (!StageName.of(stage).isOwn()) {
      return;
    }
    JsonNode digest = Json.read(result, JsonNode.class).get("dataDigest");
    if (digest != null) {
      store.experiments().setDataDigest(experimentId, digest.asText());
    }
  }

  private void note(StageRequest request, StageState state) {
    store
        .experiments()
        .updateStage(
            request.experimentId(),
            new ExperimentStage(request.stage(), request.kind(), request.key(), state, null),
            asked());
  }

  private void stageState(String experimentId, ExperimentStage stage, StageState state) {
    ExperimentStage noted =
        new ExperimentStage(stage.name(), stage.kind(), stage.key(), state, null);
    if (store.experiments().updateStage(experimentId, noted, asked())) {
      store.stages().updateState(stage.key(), state);
    }
  }

  private java.util.Optional<ExperimentStage> stageOf(String experimentId, String name) {
    return store
        .experiments()
        .find(experimentId)
        .flatMap(experiment ->
            experiment.stages().stream().filter(stage -> stage.name().equals(name)).findFirst());
  }

  /** When the workflow asked for the note in hand, however late, and however often, it is made. */
  private static Instant asked() {
    return Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
  }

  private void event(String experimentId, String key, String kind, String text) {
    if (!key.isEmpty()) {
      store.events().append(experimentId, key, kind, text, BY);
    }
  }
}
