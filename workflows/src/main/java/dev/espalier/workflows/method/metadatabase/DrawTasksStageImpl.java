package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.method.metadatabase.TaskActivities.DrawTasks;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work. */
public final class DrawTasksStageImpl implements DrawTasksStage {
  private final PausableUnits units;
  private final TaskActivities activities;

  @WorkflowInit
  public DrawTasksStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            TaskActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> CanonicalJson.of(result(input)));
  }

  private DrawnTasks result(StageInput input) {
    PreparedTasks prepared = Json.read(input.input("prepare-data"), PreparedTasks.class);
    return SingleUnit.run(
        units,
        new DrawTasks(
            input.ref(), input.specification(), input.dataDigest(), prepared.taskDatabase()),
        activities::draw);
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
