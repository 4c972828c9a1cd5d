package dev.espalier.activities.evaluation;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.CellTraining;
import dev.espalier.learning.training.TrainingOutcome;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.learning.training.TrainingResult;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.specification.Specification;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.CorruptArtifact;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.TrainingActivities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains cells from checkpoint to checkpoint; an evaluation is recorded once, for all experiments.
 */
public final class CellTrainingActivities implements TrainingActivities {
  private final Store store;
  private final UnitsOfWork units;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final LoadedDatasets datasets;

  public CellTrainingActivities(
      Store store,
      UnitsOfWork units,
      EspalierMetrics metrics,
      Torch torch,
      LoadedDatasets datasets) {
    this.store = store;
    this.units = units;
    this.metrics = metrics;
    this.torch = torch;
    this.datasets = datasets;
  }

  @Override
  public TrainedArchitecture train(TrainArchitecture request) {
    Specification specification = Json.read(request.specification(), Specification.class);
    UnitName unit =
        new UnitName(
            request.experimentId(),
            request.stage(),
            request.stageKey(),
            "train/" + request.recordId(),
            "Training %s".formatted(request.architecture()));
    return units.attempt(
        unit,
        specification.failure().attemptsWithoutProgress(),
        attempt -> {
          TrainedArchitecture trained =
              recorded(request)
                  .orElseGet(() ->
                      record(request, specification, train(request, specification, unit, attempt)));
          finished(request);
          return trained;
        });
  }

  private TrainingResult train(
      TrainArchitecture request, Specification specification, UnitName unit, Attempt attempt) {
    TrainingWatch watch = new TrainingWatch(store, metrics, request, unit, attempt);
    TrainingOutcome outcome =
        CellTraining.train(
            torch,
            datasets.load(request.dataDigest()),
            Cell.parse(request.architecture()),
            TrainingRecipe.of(specification.evaluation()),
            specification.seed(),
            request.evaluationId(),
            newestCheckpoint(request, unit, attempt),
            watch);
    return switch (outcome) {
      case TrainingOutcome.Finished(TrainingResult result) -> result;
      case TrainingOutcome.Stopped stopped -> {
        watch.keep(stopped.checkpoint());
        throw new Stopped();
      }
    };
  }

  /**
   * The newest checkpoint whose bytes are what its name says; a corrupt one is counted, shown and
   * passed over.
   */
  private byte @Nullable [] newestCheckpoint(
      TrainArchitecture request, UnitName unit, Attempt attempt) {
    for (CheckpointRef checkpoint : store.units().checkpoints(unit.id())) {
      try {
        byte[] bytes = store.artifacts().get(checkpoint.sha());
        attempt.point(checkpoint.sha());
        return bytes;
      } catch (CorruptArtifact e) {
        store.units().discard(unit.id(), checkpoint.sha());
        metrics.checkpointCorrupt(request.stage());
        store
            .events()
            .append(
                request.experimentId(),
                "corrupt/" + checkpoint.sha(),
                "corrupt",
                "A checkpoint of %s (epoch %d, step %d) does not match its digest: it is not loaded, the one before it is"
                    .formatted(request.architecture(), checkpoint.epoch() + 1, checkpoint.step()),
                "worker");
      }
    }
    return null;
  }

  private Optional<TrainedArchitecture> recorded(TrainArchitecture request) {
    return store
        .evaluations()
        .find(request.recordId())
        .map(evaluation -> trained(request, evaluation));
  }

  private TrainedArchitecture record(
      TrainArchitecture request, Specification specification, TrainingResult result) {
    String weights =
        store
            .artifacts()
            .put(
                result.weights(),
                "weights",
                Map.of("architecture", request.architecture(), "format", "safetensors"));
    EvaluationDocument evaluation =
        new EvaluationDocument(
            request.recordId(),
            request.space(),
            request.architecture(),
            request.dataDigest(),
            request.protocol(),
            specification.seed(),
            Map.of(
                "validationAccuracy", result.validationAccuracy(),
                "testAccuracy", result.testAccuracy(),
                "trainLoss", result.trainLoss()),
            List.of(weights),
            0,
            torch.numericClass(),
            Instant.now());
    Recorded recorded = store.evaluations().record(evaluation);
    if (recorded == Recorded.DIFFERENT) {
      units.nondeterminism(request.experimentId(), request.stage(), request.evaluationId());
    }
    return recorded(request).orElseGet(() -> trained(request, evaluation));
  }

  private static TrainedArchitecture trained(
      TrainArchitecture request, EvaluationDocument evaluation) {
    return new TrainedArchitecture(
        request.evaluationId(),
        metric(evaluation, "validationAccuracy"),
        metric(evaluation, "testAccuracy"),
        metric(evaluation, "trainLoss"),
        evaluation.artifacts().getFirst());
  }

  private static double metric(EvaluationDocument evaluation, String name) {
    return Objects.requireNonNull(evaluation.metrics().get(name), name);
  }

  /** Counts the training once for its stage, be it done now or found. */
  private void finished(TrainArchitecture request) {
    Recorded first =
        store
            .measurements()
            .record(request.stageKey(), 0, "trained-" + request.evaluationId(), "{}");
    if (first == Recorded.NEW) {
      store.stages().advance(request.stageKey(), 0, 1);
      metrics.candidates(request.stage(), 1);
    }
  }
}
