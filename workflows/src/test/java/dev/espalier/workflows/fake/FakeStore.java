package dev.espalier.workflows.fake;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.workflows.client.WorkflowEnd;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store in memory: keeps and refuses the same things as the real one. */
public final class FakeStore implements Bookkeeping {
  private static final class Experiment {
    String state = "QUEUED";
    @Nullable String reason;
    @Nullable String digest;
    @Nullable String result;
    final Map<String, String> stages = new LinkedHashMap<>();
    final Map<String, String> stageKeys = new LinkedHashMap<>();
    final Map<String, String> events = new LinkedHashMap<>();
  }

  private static final class Stage {
    String owner;
    @Nullable String result;

    Stage(String owner) {
      this.owner = owner;
    }
  }

  private final Map<String, Experiment> experiments = new TreeMap<>();
  private final Map<String, Stage> stages = new TreeMap<>();
  private final Map<String, String> rounds = new TreeMap<>();
  private final Map<String, Runnable> obstacles = new TreeMap<>();
  private final Set<String> lostOnce = new HashSet<>();
  private final List<String> differences = new ArrayList<>();
  private boolean losing;

  /** Runs something before a note whose name begins like {@code finishStage/prune} is taken. */
  public synchronized void before(String note, Runnable obstacle) {
    obstacles.put(note, obstacle);
  }

  /** Does not take the note whose name begins so before it is let. */
  public HeldNote hold(String note) {
    HeldNote held = new HeldNote(note);
    before(note, held::meet);
    return held;
  }

  /** Lets the store be away the first time that any note is to be taken. */
  public synchronized void loseEveryNoteOnce() {
    losing = true;
  }

  @Override
  public void experimentState(StateNote note) {
    meet("experimentState/" + note.eventKey());
    synchronized (this) {
      Experiment experiment = experiment(note.experimentId());
      experiment.state = note.state().name();
      experiment.reason = null;
      if (experiment.stageKeys.containsKey(note.stage())) {
        experiment.stages.put(
            note.stage(), note.state() == ExperimentState.PAUSED ? "PAUSED" : "RUNNING");
      }
      event(note.experimentId(), note.eventKey(), note.text());
    }
  }

  @Override
  public StageClaim claimStage(StageRequest request) {
    meet("claimStage/" + request.stage());
    synchronized (this) {
      String claimant = request.experimentId();
      Stage stage = stages.computeIfAbsent(request.key(), key -> new Stage(claimant));
      if (stage.result != null) {
        boolean own = stage.owner.equals(claimant);
        note(claimant, request.stage(), request.key(), own ? "COMPLETED" : "REUSED");
        return new StageClaim(StageClaim.Status.FINISHED, stage.result, null);
      }
      if (!stage.owner.equals(claimant) && !isAbandoned(stage.owner)) {
        return new StageClaim(StageClaim.Status.HELD, null, stage.owner);
      }
      stage.owner = claimant;
      note(claimant, request.stage(), request.key(), "RUNNING");
      event(claimant, request.stage() + "/started", "started");
      return new StageClaim(StageClaim.Status.CLAIMED, null, null);
    }
  }

  private boolean isAbandoned(String owner) {
    return owner.isEmpty()
        || Set.of("COMPLETED", "CANCELLED", "NEEDS_ATTENTION").contains(experiment(owner).state);
  }

  @Override
  public String finishStage(StageResult result) {
    meet("finishStage/" + result.stage());
    synchronized (this) {
      Stage stage = Objects.requireNonNull(stages.get(result.key()), "a stage never claimed");
      String first = stage.result;
      String counts = first == null ? result.result() : first;
      stage.result = counts;
      if (!counts.equals(result.result())) {
        differences.add(result.stage());
      }
      note(result.experimentId(), result.stage(), result.key(), "COMPLETED");
      event(result.experimentId(), result.stage() + "/completed", "completed");
      return counts;
    }
  }

  @Override
  public synchronized String stageResult(String key) {
    Stage recorded = Objects.requireNonNull(stages.get(key), key);
    return Objects.requireNonNull(recorded.result, key + " has no result");
  }

  @Override
  public void stageFailed(StageFailure failure) {
    meet("stageFailed/" + failure.stage());
    String reason = WorkflowEnd.reason(failure);
    synchronized (this) {
      note(failure.experimentId(), failure.stage(), failure.key(), "FAILED");
      Experiment experiment = experiment(failure.experimentId());
      experiment.state = "NEEDS_ATTENTION";
      experiment.reason = "stage %s: %s".formatted(failure.stage(), reason);
      event(
          failure.experimentId(),
          "%s/failed/%d".formatted(failure.stage(), failure.attempt()),
          reason);
    }
  }

  @Override
  public void completeExperiment(Completion completion) {
    meet("completeExperiment/");
    synchronized (this) {
      Experiment experiment = experiment(completion.experimentId());
      if (experiment.digest != null && !experiment.digest.equals(completion.digest())) {
        differences.add(completion.experimentId());
        return;
      }
      experiment.state = "COMPLETED";
      experiment.digest = completion.digest();
      experiment.result = completion.result();
      event(completion.experimentId(), "completed", completion.digest());
    }
  }

  @Override
  public void cancelExperiment(Cancellation cancellation) {
    meet("cancelExperiment/" + cancellation.stage());
    synchronized (this) {
      Experiment experiment = experiment(cancellation.experimentId());
      Stage stage = stages.get(cancellation.key());
      if (stage != null
          && stage.result == null
          && stage.owner.equals(cancellation.experimentId())) {
        stage.owner = "";
      }
      experiment.stages.computeIfPresent(
          cancellation.stage(),
          (name, state) -> Set.of("COMPLETED", "REUSED").contains(state) ? state : "CANCELLED");
      experiment.state = "CANCELLED";
      event(cancellation.experimentId(), "cancelled", "cancelled");
    }
  }

  @Override
  public void stageProgress(StageProgressNote note) {
    meet("stageProgress/" + note.key());
  }

  @Override
  public void recordRound(RoundRecord round) {
    String id = "%s/%d".formatted(round.key(), round.round());
    meet("recordRound/%s/%d".formatted(round.stage(), round.round()));
    synchronized (this) {
      String first = rounds.putIfAbsent(id, round.result());
      if (first != null && !first.equals(round.result())) {
        differences.add(id);
      }
      event(
          round.experimentId(),
          "%s/round/%d".formatted(round.stage(), round.round()),
          round.text());
    }
  }

  private void meet(String note) {
    List<Runnable> met;
    boolean lost;
    synchronized (this) {
      met =
          obstacles.entrySet().stream()
              .filter(obstacle -> note.startsWith(obstacle.getKey()))
              .map(Map.Entry::getValue)
              .toList();
      lost = losing && lostOnce.add(note);
    }
    met.forEach(Runnable::run);
    if (lost) {
      throw ApplicationFailure.newFailure("the store is away", ActivityRules.LOST);
    }
  }

  private Experiment experiment(String id) {
    return experiments.computeIfAbsent(id, unknown -> new Experiment());
  }

  private void note(String experimentId, String stage, String key, String state) {
    Experiment experiment = experiment(experimentId);
    experiment.stages.put(stage, state);
    experiment.stageKeys.put(stage, key);
  }

  private void event(String experimentId, String key, String text) {
    experiment(experimentId).events.putIfAbsent(key, text);
  }

  public synchronized String state(String experimentId) {
    return experiment(experimentId).state;
  }

  /** Why the experiment needs attention; empty when it does not. */
  public synchronized String reason(String experimentId) {
    return Objects.requireNonNullElse(experiment(experimentId).reason, "");
  }

  /** The digest of a completed experiment. */
  public synchronized String digest(String experimentId) {
    return Objects.requireNonNull(experiment(experimentId).digest, experimentId + " has no digest");
  }

  /** The result of a completed experiment, JSON. */
  public synchronized String result(String experimentId) {
    return Objects.requireNonNull(experiment(experimentId).result, experimentId + " has no result");
  }

  /** States by stage name, in the order of the plan. */
  public synchronized Map<String, String> stages(String experimentId) {
    return new LinkedHashMap<>(experiment(experimentId).stages);
  }

  /** The key under which an experiment's stage is recorded. */
  public synchronized String stageKey(String experimentId, String stage) {
    return Objects.requireNonNull(experiment(experimentId).stageKeys.get(stage), stage);
  }

  /** The result recorded for an experiment's stage, JSON. */
  public synchronized String stageResult(String experimentId, String stage) {
    Stage recorded = Objects.requireNonNull(stages.get(stageKey(experimentId, stage)), stage);
    return Objects.requireNonNull(recorded.result, stage + " has no result");
  }

  /** Keys of the events, in order. */
  public synchronized List<String> events(String experimentId) {
    return List.copyOf(experiment(experimentId).events.keySet());
  }

  /** What was recorded twice with different contents. */
  public synchronized List<String> differences() {
    return List.copyOf(differences);
  }

  public void awaitState(String experimentId, String state) {
    Patience.until(
        "%s is %s".formatted(experimentId, state), () -> state(experimentId).equals(state));
  }

  public void awaitEvent(String experimentId, String key) {
    Patience.until(
        "%s has the event %s".formatted(experimentId, key),
        () -> events(experimentId).contains(key));
  }
}
