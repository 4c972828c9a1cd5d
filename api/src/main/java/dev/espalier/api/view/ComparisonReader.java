package dev.espalier.api.view;

import dev.espalier.api.view.Announcements.Announced;
import dev.espalier.api.view.Comparison.Curve;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what experiments are compared by. */
public final class ComparisonReader {
  private final Store store;
  private final Announcements announcements;
  private final CurvesReader curves;

  public ComparisonReader(Store store) {
    this.store = store;
    this.announcements = new Announcements(store);
    this.curves = new CurvesReader(store);
  }

  /**
   * @param experiments one that is there twice counts once
   * @throws dev.espalier.search.failure.InvalidInput if there are fewer than two of them, or more
   *     than {@link Comparison#MOST}
   */
  public Comparison read(List<ExperimentDocument> experiments, Instant now) {
    Map<String, ExperimentDocument> byId = new LinkedHashMap<>();
    experiments.forEach(each -> byId.putIfAbsent(each.id(), each));
    List<ExperimentDocument> different = List.copyOf(byId.values());
    Map<String, Curve> found = new HashMap<>();
    if (different.size() <= Comparison.MOST) {
      different.forEach(each -> curve(each).ifPresent(curve -> found.put(each.id(), curve)));
    }
    return Comparison.of(
        different.stream().map(each -> ExperimentView.of(store, each, now)).toList(), found);
  }

  /** Of the first training of what was found, in whatever stage that is. */
  private Optional<Curve> curve(ExperimentDocument experiment) {
    for (ExperimentStage stage : experiment.stages().reversed()) {
      if (!stage.key().isEmpty()) {
        Optional<Announced> training =
            announcements.of(stage.key()).stream()
                .filter(each -> EvaluateResult.FOUND.equals(each.role()))
                .findFirst();
        if (training.isPresent()) {
          String id = training.get().evaluationId();
          return Optional.of(
              new Curve(curves.validation(stage.key(), id), curves.loss(stage.key(), id)));
        }
      }
    }
    return Optional.empty();
  }
}
