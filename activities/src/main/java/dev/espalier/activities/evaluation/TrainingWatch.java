package dev.espalier.activities.evaluation;

import dev.espalier.activities.evaluation.program.ProgramTraining;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import org.jspecify.annotations.Nullable;

/** Keeps a training's checkpoints, shows its curves, and tells it when to stop. */
final class TrainingWatch implements TrainingMonitor, ProgramTraining.Told {
  private final Store store;
  private final EspalierMetrics metrics;
  private final TrainArchitecture request;
  private final Attempt attempt;
  private final Checkpoints checkpoints;
  private final int epochs;
  private int epoch;
  private int step;
  private TrainingMemory.@Nullable Turn turn;

  /**
   * @param epochs that are the stage's progress; 0 where trainings are
   */
  TrainingWatch(
      Store store,
      EspalierMetrics metrics,
      TrainArchitecture request,
      Attempt attempt,
      Checkpoints checkpoints,
      int epochs) {
    this.store = store;
    this.metrics = metrics;
    this.request = request;
    this.attempt = attempt;
    this.checkpoints = checkpoints;
    this.epochs = epochs;
  }

  /** Whom its steps are told beside. */
  void during(TrainingMemory.Turn memory) {
    turn = memory;
  }

  @Override
  public boolean stop() {
    return attempt.stop();
  }

  @Override
  public void step(int newEpoch, int newStep, int stepsPerEpoch, double loss) {
    epoch = newEpoch;
    step = newStep;
    if (turn != null) {
      turn.step();
    }
  }

  @Override
  public boolean checkpointDue(int atEpoch, int atStep, int stepsPerEpoch) {
    return checkpoints.due();
  }

  @Override
  public void checkpoint(byte[] whole, int atEpoch, int atStep) {
    checkpoints.keep(whole, atEpoch, atStep);
  }

  /** Keeps the checkpoint that a stopped training leaves. */
  void keep(byte[] whole) {
    checkpoint(whole, epoch, step);
  }

  @Override
  public void epoch(EpochMetrics done) {
    epoch(done.epoch(), done.validationAccuracy(), done.trainLoss());
  }

  @Override
  public void epoch(int done, double validation, @Nullable Double loss) {
    if (loss != null) {
      series("loss", done, loss);
      metrics.gauge(
          "espalier.loss",
          "Training loss of the last finished epoch",
          request.ref().experimentId(),
          loss);
    }
    series("validation", done, validation);
    if (epochs > 0) {
      store.stages().progress(request.ref().stageKey(), progress(done, epochs));
    }
  }

  @Override
  public void event(String key, String words) {
    store.events().append(request.ref().experimentId(), key, "recovered", words, "worker");
  }

  static StageProgress progress(int done, int epochs) {
    return new StageProgress(0, 1, done, epochs, "epochs", null);
  }

  private void series(String name, int atEpoch, double value) {
    store
        .measurements()
        .append(request.ref().stageKey(), 0, name + "-" + request.evaluationId(), atEpoch, value);
  }
}
