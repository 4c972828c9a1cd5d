package dev.espalier.api.replay;

import dev.espalier.api.replay.ReplayReport.OfHistory;
import dev.espalier.api.replay.ReplayReport.OfStage;
import dev.espalier.api.replay.ReplayReport.What;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.CorruptArtifact;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.HistoryReplayer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves after the fact what an experiment recorded: takes its workflows' histories through today's
 * code, and computes its stages a second time from their recorded inputs, in a place that shares
 * nothing with the first.
 */
public final class Replays {
  /** The kind of the event that says what a replay came to. */
  public static final String EVENT = "replayed";

  private final Store store;
  private final ScratchPlace scratch;
  private final Consumer<String> say;

  /**
   * @param say told how far it is
   */
  public Replays(Store store, ScratchPlace scratch, Consumer<String> say) {
    this.store = store;
    this.scratch = scratch;
    this.say = say;
  }

  /**
   * What there is to be done.
   *
   * @param stages to be computed again, in order; those before them are taken as recorded
   * @param seconds that they took when they were recorded
   */
  public record Scope(List<String> stages, double seconds) {
    public Scope {
      stages = List.copyOf(stages);
    }
  }

  /**
   * What a replay would do.
   *
   * @param stage the only one to be computed again; empty for all that have a result
   * @throws InvalidInput if it has no such stage, or that has no result yet
   */
  public Scope scope(ExperimentDocument experiment, String stage) {
    List<RecordedStage> recorded = chosen(experiment, stage);
    return new Scope(
        recorded.stream().map(RecordedStage::name).toList(),
        recorded.stream().mapToDouble(RecordedStage::seconds).sum());
  }

  private List<RecordedStage> chosen(ExperimentDocument experiment, String stage) {
    List<RecordedStage> recorded = RecordedStage.of(store, experiment);
    if (stage.isEmpty()) {
      return recorded;
    }
    List<String> all = experiment.stages().stream().map(each -> each.name()).toList();
    if (!all.contains(stage)) {
      throw new InvalidInput(
          "%s has no stage %s: it has %s.%s"
              .formatted(
                  experiment.id(), stage, String.join(", ", all), DidYouMean.sentence(stage, all)));
    }
    List<RecordedStage> one = recorded.stream().filter(each -> each.name().equals(stage)).toList();
    if (one.isEmpty()) {
      throw new InvalidInput(
          "stage %s of %s has no result yet: there is nothing to compare with"
              .formatted(stage, experiment.id()));
    }
    return one;
  }

  /**
   * Replays, and notes among the experiment's events what it came to.
   *
   * @param stage as in {@link #scope}
   * @param running histories of runs that go on, or are not kept yet, by Temporal's ids
   * @param by who asks
   */
  public ReplayReport replay(
      ExperimentDocument experiment, String stage, Map<String, String> running, String by)
      throws InterruptedException {
    List<RecordedStage> all = RecordedStage.of(store, experiment);
    List<RecordedStage> chosen = chosen(experiment, stage);
    List<OfHistory> histories = histories(experiment, running);
    if (chosen.isEmpty() && histories.isEmpty()) {
      throw new InvalidInput(
          "%s has recorded nothing yet, no stage and no history: there is nothing to replay"
              .formatted(experiment.id()));
    }
    List<OfStage> stages =
        chosen.isEmpty()
            ? List.of()
            : new Recomputation(store, experiment, all, scratch, say)
                .between(all.indexOf(chosen.getFirst()), all.indexOf(chosen.getLast()));
    ReplayReport report =
        new ReplayReport(
            experiment.id(),
            histories,
            stages,
            stage.isEmpty() && experiment.state() == ExperimentState.COMPLETED
                ? digest(experiment, all, stages)
                : null,
            experiment.digest());
    store
        .events()
        .append(
            experiment.id(),
            "replayed/" + UUID.randomUUID(),
            report.isSame() ? EVENT : EVENT + "-different",
            "Replayed here: " + report.inWords(),
            by);
    return report;
  }

  /** Of the whole; null where not all of it was computed again. */
  private static @Nullable String digest(
      ExperimentDocument experiment, List<RecordedStage> all, List<OfStage> stages) {
    boolean whole =
        stages.size() == all.size() && stages.stream().allMatch(each -> each.what() == What.SAME);
    return whole ? RecordedDigest.of(experiment, all) : null;
  }

  private List<OfHistory> histories(ExperimentDocument experiment, Map<String, String> running) {
    Map<String, String> kept = new LinkedHashMap<>(store.archiving().histories(experiment.id()));
    List<OfHistory> replayed = new ArrayList<>();
    Set<String> runs = new HashSet<>(kept.keySet());
    runs.addAll(running.keySet());
    if (!runs.isEmpty()) {
      say.accept("histories: %d to take through today's workflow code".formatted(runs.size()));
    }
    try (HistoryReplayer replayer = new HistoryReplayer()) {
      kept.forEach((run, sha) -> replayed.add(archived(replayer, experiment.id(), run, sha)));
      running.forEach((run, json) -> {
        if (!kept.containsKey(run)) {
          replayed.add(
              new OfHistory("a run that goes on", run, replayer.replay(json).orElse(null)));
        }
      });
    }
    return replayed;
  }

  private OfHistory archived(HistoryReplayer replayer, String id, String run, String sha) {
    try {
      String workflow =
          store
              .artifacts()
              .header(sha)
              .map(header -> header.meta().getOrDefault("workflow", ""))
              .orElse("");
      String json = new String(store.artifacts().get(sha), StandardCharsets.UTF_8);
      int stage = workflow.indexOf(id + "/");
      return new OfHistory(
          stage < 0 ? "experiment" : workflow.substring(stage + id.length() + 1),
          run,
          replayer.replay(json).orElse(null));
    } catch (CorruptArtifact e) {
      return new OfHistory("?", run, "its archived history cannot be read: " + e.getMessage());
    }
  }

  /** How long something takes, as people say it. */
  public static String inWords(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(Math.max(1, seconds)));
    return time.toHours() > 0
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : time.toMinutes() > 0
            ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
            : "%d s".formatted(time.toSeconds());
  }
}
