package dev.espalier.cli.command;

import dev.espalier.cli.view.Examples;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Steering;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.method.tenas.PruneResult;
import java.util.List;
import java.util.Map;

/** ExperimentQueries as they stand in a store. */
final class StoredExamples {

  static final String RUNNING = "te-nas-2222aa";
  static final String COMPLETED = "te-nas-7f3k2m";
  static final String FAILED = "te-nas-9xyz45";

  private StoredExamples() {}

  static void insertAll(Store store) {
    insert(store, RUNNING, 1);
    store.experiments().updateState(RUNNING, ExperimentState.RUNNING, null);
    stage(store, RUNNING, "prune", "1a".repeat(32));
    store.stages().progress("1a".repeat(32), new StageProgress(1, 3, 33, 57, "measurements", null));

    insert(store, FAILED, 2);
    store.experiments().updateState(FAILED, ExperimentState.RUNNING, null);
    store
        .experiments()
        .updateStage(
            FAILED,
            new ExperimentStage(
                "evaluate", "EvaluateStage", "", StageState.FAILED, "the disk is full"));
    store
        .experiments()
        .updateState(FAILED, ExperimentState.NEEDS_ATTENTION, "stage evaluate: the disk is full");
    store.experiments().noteTold(FAILED, new Steering.Told("its run", 0, 0));

    insert(store, COMPLETED, 3);
    store.experiments().updateState(COMPLETED, ExperimentState.RUNNING, null);
    stage(store, COMPLETED, "prune", "3a".repeat(32));
    store
        .stages()
        .finish(
            "3a".repeat(32),
            CanonicalJson.of(new PruneResult(Examples.CELL, List.of())),
            95.3,
            Map.of("host", "ada"));
    stage(store, COMPLETED, "evaluate", "3b".repeat(32));
    store
        .stages()
        .finish("3b".repeat(32), CanonicalJson.of(new EvaluateResult(List.of())), 88.7, Map.of());
    store.experiments().complete(COMPLETED, "d1e2".repeat(16), CanonicalJson.of(Examples.result()));
    store.events().append(COMPLETED, "launched", "launched", "Launched by ada", "api");
    store.events().append(COMPLETED, "completed", "completed", "Completed", "workflow");
  }

  private static void insert(Store store, String id, long seconds) {
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                id,
                SpecificationReader.preset("te-nas", "quick", Map.of()).canonical(),
                "",
                List.of(
                    pending("prepare-data"),
                    pending("prune"),
                    pending("evaluate"),
                    pending("report")),
                Examples.START.plusSeconds(seconds),
                "ada",
                "0.1.0"));
  }

  private static ExperimentStage pending(String name) {
    return new ExperimentStage(name, name, "", StageState.PENDING, null);
  }

  private static void stage(Store store, String id, String name, String key) {
    store.stages().claim(StageDocument.running(key, name, "{}", List.of()), id);
    store
        .experiments()
        .updateStage(id, new ExperimentStage(name, name, key, StageState.RUNNING, null));
  }
}
