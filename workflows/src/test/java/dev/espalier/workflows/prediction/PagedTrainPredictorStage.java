package dev.espalier.workflows.prediction;

import dev.espalier.workflows.stage.StageInput;
import io.temporal.workflow.WorkflowInit;

/** Takes two fits a page, and continues as new whenever it may. */
public final class PagedTrainPredictorStage implements TrainPredictorStage {
  private final TrainPredictorStageImpl stage;

  @WorkflowInit
  public PagedTrainPredictorStage(StageInput input) {
    stage = new TrainPredictorStageImpl(input, 2, () -> true);
  }

  @Override
  public String run(StageInput input) {
    return stage.run(input);
  }

  @Override
  public void pause() {
    stage.pause();
  }

  @Override
  public void resume() {
    stage.resume();
  }
}
