package dev.espalier.activities.evaluation;

import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import java.time.Duration;
import java.util.Map;

/** Keeps a training's checkpoints, shows its curves, and tells it when to stop. */
final class TrainingWatch implements TrainingMonitor {
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(5);

  private final Store store;
  private final EspalierMetrics metrics;
  private final TrainArchitecture request;
  private final UnitName unit;
  private final Attempt attempt;
  private int epoch;
  private int step;
  private long lastCheckpointNanos = System.nanoTime();

  TrainingWatch(
      Store store,
      EspalierMetrics metrics,
      TrainArchitecture request,
      UnitName unit,
      Attempt attempt) {
    this.store = store;
    this.metrics = metrics;
    this.request = request;
    this.unit = unit;
    this.attempt = attempt;
  }

  @Override
  public boolean stop() {
    return attempt.stop();
  }

  @Override
  public void step(int newEpoch, int newStep, int stepsPerEpoch, double loss) {
    epoch = newEpoch;
    step = newStep;
  }

  /** Every few seconds: when a checkpoint is written changes no result, only what a crash costs. */
  @Override
  public boolean checkpointDue(int atEpoch, int atStep, int stepsPerEpoch) {
    return System.nanoTime() - lastCheckpointNanos > BETWEEN_CHECKPOINTS.toNanos();
  }

  @Override
  public void checkpoint(byte[] whole, int atEpoch, int atStep) {
    String sha = store.artifacts().put(whole, "checkpoint", Map.of("unit", unit.id()));
    store.units().checkpoint(unit.id(), new CheckpointRef(sha, atEpoch, atStep));
    attempt.point(sha);
    metrics.checkpointWritten(request.experimentId(), request.stage(), whole.length);
    lastCheckpointNanos = System.nanoTime();
  }

  /** Keeps the checkpoint that a stopped training leaves. */
  void keep(byte[] whole) {
    checkpoint(whole, epoch, step);
  }

  @Override
  public void epoch(EpochMetrics done) {
    series("loss", done.epoch(), done.trainLoss());
    series("validation", done.epoch(), done.validationAccuracy());
    metrics.gauge(
        "espalier.loss",
        "Training loss of the last finished epoch",
        request.experimentId(),
        done.trainLoss());
  }

  private void series(String name, int atEpoch, double value) {
    store
        .measurements()
        .append(request.stageKey(), 0, name + "-" + request.evaluationId(), atEpoch, value);
  }
}
