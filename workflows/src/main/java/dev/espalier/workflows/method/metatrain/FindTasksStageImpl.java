package dev.espalier.workflows.method.metatrain;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.FindTasks;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work. */
public final class FindTasksStageImpl implements FindTasksStage {
  private final PausableUnits units;
  private final MetaTrainActivities activities;

  @WorkflowInit
  public FindTasksStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            MetaTrainActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() ->
        CanonicalJson.of(
            SingleUnit.run(
                units,
                new FindTasks(
                    input.ref(), input.specification(), input.madeFirst("metad2a-database")),
                activities::prepare)));
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
