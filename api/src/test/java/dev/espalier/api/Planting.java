package dev.espalier.api;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.StageName;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.StagePlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One experiment in a store, stage by stage as its workflow would write it down. */
final class Planting {
  static final String NUMERIC_CLASS = "cpu/torch-2.7.1/avx2/threads-1";

  private final Store store;
  private final String id;
  private final Map<String, StagePlan> plan;

  private Planting(Store store, String id, Map<String, StagePlan> plan) {
    this.store = store;
    this.id = id;
    this.plan = plan;
  }

  static Planting launched(Store store, String id, Specification specification) {
    Planting planting = new Planting(store, id, Plans.byName(specification));
    List<ExperimentStage> stages =
        planting.plan.keySet().stream()
            .map(stage ->
                new ExperimentStage(stage, planting.kind(stage), "", StageState.PENDING, null))
            .toList();
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                id, specification.canonical(), "", stages, Instant.now(), "a test", "0.1.0"));
    planting.note("launched", "launched", "Launched by a test");
    return planting;
  }

  /** The stages that make what it needs, in order. */
  List<String> madeFirst() {
    return plan.keySet().stream().filter(each -> !StageName.of(each).isOwn()).toList();
  }

  String id() {
    return id;
  }

  /** Starts it, with its data prepared. */
  void start(String dataDigest) {
    start(dataDigest, "{}");
  }

  /**
   * @param prepared the result of its first stage, JSON
   */
  void start(String dataDigest, String prepared) {
    store.experiments().setNumericClass(id, NUMERIC_CLASS);
    store.experiments().setDataDigest(id, dataDigest);
    store.experiments().updateState(id, ExperimentState.RUNNING, null);
    note("started", "started", "Started on " + NUMERIC_CLASS);
    finish("prepare-data", prepared, 0.4);
  }

  /**
   * @return the stage's key
   */
  String claim(String stage) {
    String key = Digest.sha256(id + "/" + stage);
    store.stages().claim(StageDocument.running(key, kind(stage), "{}", List.of()), id);
    update(stage, StageState.RUNNING, null);
    return key;
  }

  void finish(String stage, String result, double seconds) {
    String key = claim(stage);
    store.stages().finish(key, result, seconds, Map.of("torch", "2.7.1"));
    update(stage, StageState.COMPLETED, null);
  }

  void update(String stage, StageState state, @Nullable String reason) {
    String key = Digest.sha256(id + "/" + stage);
    store
        .experiments()
        .updateStage(id, new ExperimentStage(stage, kind(stage), key, state, reason));
  }

  void complete(String result) {
    finish("report", result, 2.1);
    store.experiments().complete(id, Digest.sha256(result), result);
    note("completed", "completed", "Completed");
  }

  private String kind(String stage) {
    return Objects.requireNonNull(plan.get(stage)).kind();
  }

  void note(String key, String kind, String text) {
    store.events().append(id, key, kind, text, "espalier");
  }
}
