package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.WorkflowRun;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history of every run of experiments' workflows as an artifact, as each closes, before
 * Temporal's retention drops it. What is still to be kept stands in the store, so that no death of
 * a process makes it forgotten.
 */
final class Histories {
  private static final Logger log = LoggerFactory.getLogger(Histories.class);

  /** How often runs are looked for that have closed while their experiment goes on. */
  private static final Duration WHILE_RUNNING = Duration.ofSeconds(30);

  private final Store store;
  private final ExperimentClient client;
  private final Endings endings;
  private final Map<String, Long> lookedNanos = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  Histories(Store store, ExperimentClient client, Endings endings) {
    this.store = store;
    this.client = client;
    this.endings = endings;
  }

  /** One pass over all experiments with histories that are not kept yet. */
  void pass() {
    for (String id : store.archiving().pending()) {
      Optional<ExperimentDocument> experiment = store.experiments().find(id);
      boolean over =
          experiment.map(ExperimentDocument::state).map(ExperimentState::isOver).orElse(true);
      if (over) {
        tellEnded(id);
      }
      if (over || isTime(id)) {
        archive(id, experiment, over);
      }
    }
  }

  private boolean isTime(String id) {
    long now = System.nanoTime();
    Long before = lookedNanos.get(id);
    if (before != null && now - before < WHILE_RUNNING.toNanos()) {
      return false;
    }
    lookedNanos.put(id, now);
    return true;
  }

  private void archive(String id, Optional<ExperimentDocument> experiment, boolean over) {
    List<WorkflowRun> runs =
        new ArrayList<>(client.runs(ExperimentWorkflow.workflowId(store.identity(), id)));
    experiment
        .flatMap(found -> nameless(found))
        .ifPresent(run -> runs.addAll(client.runs(run.workflowId())));
    Set<String> kept = store.archiving().kept(id);
    runs.stream()
        .filter(run -> !run.isRunning() && !kept.contains(run.id()))
        .forEach(run -> keep(id, run));
    if (over && isAllKept(id, experiment, runs)) {
      announce(id, runs);
      store.archiving().done(id);
      lookedNanos.remove(id);
    }
  }

  /** The run from before stores had names, if it was this experiment's. */
  private Optional<WorkflowRun> nameless(ExperimentDocument experiment) {
    return client
        .namelessRun(experiment.id())
        .filter(run -> client.isGiven(run, Reconciliation.inputOf(experiment)));
  }

  private void keep(String id, WorkflowRun run) {
    client
        .history(run)
        .ifPresent(history -> {
          String sha =
              store
                  .artifacts()
                  .put(
                      history.json().getBytes(StandardCharsets.UTF_8),
                      "history",
                      Map.of("experiment", id, "workflow", run.workflowId(), "run", run.id()));
          store.archiving().keep(id, run.id(), sha);
        });
  }

  /**
   * Whether nothing runs any more, and the newest run of each workflow is kept: lists of runs lag
   * behind.
   */
  private boolean isAllKept(
      String id, Optional<ExperimentDocument> experiment, List<WorkflowRun> listed) {
    if (listed.stream().anyMatch(WorkflowRun::isRunning)) {
      return false;
    }
    Set<String> kept = store.archiving().kept(id);
    List<String> stages =
        experiment
            .map(found -> found.stages().stream().map(ExperimentStage::name).toList())
            .orElseGet(List::of);
    List<WorkflowRun> newest = new ArrayList<>();
    client.run(id).ifPresent(newest::add);
    stages.forEach(stage -> client.run(id + "/" + stage).ifPresent(newest::add));
    return newest.stream().allMatch(run -> !run.isRunning() && kept.contains(run.id()));
  }

  private void announce(String id, List<WorkflowRun> runs) {
    Map<String, Long> byWorkflow = new java.util.TreeMap<>();
    runs.forEach(run -> byWorkflow.merge(run.workflowId(), 1L, Long::sum));
    byWorkflow.forEach((workflow, count) ->
        store
            .events()
            .append(
                id,
                "history/" + workflow,
                "history",
                "The history of %s is kept (%d run%s)"
                    .formatted(workflow, count, count == 1 ? "" : "s"),
                "api"));
  }

  /** Once: what goes wrong there can be done later by whoever asks for it. */
  private void tellEnded(String id) {
    if (!told.add(id)) {
      return;
    }
    try {
      endings.ended(id);
    } catch (RuntimeException e) {
      log.warn("{} has ended, but not all of its files could be written", id, e);
    }
  }
}
