package dev.espalier.workflows.report;

import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import io.temporal.workflow.WorkflowInit;

/** One unit of work, of the method's own kind. */
public final class ReportStageImpl implements ReportStage {
  private final PausableUnits units;

  @WorkflowInit
  public ReportStageImpl(StageInput input) {
    units = new StageNotes(input).units();
  }

  @Override
  public String run(StageInput input) {
    return Plans.of(input).report(input, units);
  }

  @Override
  public void pause() {
    units.pause();
  }

  @Override
  public void resume() {
    units.resume();
  }
}
