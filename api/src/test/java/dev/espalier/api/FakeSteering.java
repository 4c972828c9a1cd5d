package dev.espalier.api;

import dev.espalier.api.launch.Controlling;
import dev.espalier.api.launch.LaunchWish;
import dev.espalier.api.launch.Launching;
import dev.espalier.api.launch.Resolved;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Launches into the store only, and remembers what was asked of it. */
final class FakeSteering implements Launching, Controlling {
  private final Store store;
  private final List<String> asked = new ArrayList<>();

  FakeSteering(Store store) {
    this.store = store;
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Resolved resolve(LaunchWish wish) {
    return new Resolved(SpecificationReader.read(wish.specification(), wish.sets()), "", "cpu");
  }

  @Override
  public synchronized ExperimentDocument launch(LaunchWish wish) {
    Specification specification = resolve(wish).specification();
    asked.add(
        "launch seed %d fresh %s by %s"
            .formatted(specification.seed(), wish.fresh(), wish.launchedBy()));
    String id = "te-nas-fake%02d".formatted(asked.size());
    List<ExperimentStage> stages =
        Plans.of(specification.method()).stream()
            .map(
                plan -> new ExperimentStage(plan.name(), plan.kind(), "", StageState.PENDING, null))
            .toList();
    ExperimentDocument document =
        ExperimentDocument.launched(
            id, Json.write(specification), "", stages, Instant.now(), wish.launchedBy(), "0.1.0");
    store.experiments().insert(document);
    return document;
  }

  @Override
  public synchronized void pause(String id) {
    asked.add("pause " + id);
    store.experiments().setDesired(id, ExperimentState.PAUSED);
    store.experiments().updateState(id, ExperimentState.PAUSED, null);
    store.events().append(id, "paused", "paused", "Paused", "a person");
  }

  @Override
  public synchronized void resume(String id) {
    asked.add("resume " + id);
  }

  @Override
  public synchronized void cancel(String id) {
    asked.add("cancel " + id);
  }

  @Override
  public synchronized boolean retry(String id, String stage, String by) {
    if (stage.equals("report")) {
      throw new InvalidInput("stage report of %s has not failed: leave stage out".formatted(id));
    }
    asked.add("retry %s %s".formatted(id, stage));
    return true;
  }
}
