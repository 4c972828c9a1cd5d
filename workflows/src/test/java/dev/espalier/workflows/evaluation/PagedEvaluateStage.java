package dev.espalier.workflows.evaluation;

import dev.espalier.workflows.stage.StageInput;
import io.temporal.workflow.WorkflowInit;

/** Takes two trainings a page, and continues as new whenever it may. */
public final class PagedEvaluateStage implements EvaluateStage {
  private final EvaluateStageImpl stage;

  @WorkflowInit
  public PagedEvaluateStage(StageInput input) {
    stage = new EvaluateStageImpl(input, 2, () -> true);
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
