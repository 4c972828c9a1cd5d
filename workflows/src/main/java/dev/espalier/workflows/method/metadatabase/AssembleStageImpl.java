package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.method.metadatabase.TaskActivities.AssembleDatabases;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work. */
public final class AssembleStageImpl implements AssembleStage {
  private final PausableUnits units;
  private final TaskActivities activities;

  @WorkflowInit
  public AssembleStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            TaskActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> CanonicalJson.of(result(input)));
  }

  private AssembledDatabases result(StageInput input) {
    return SingleUnit.run(
        units,
        new AssembleDatabases(
            input.ref(),
            input.specification(),
            input.dataDigest(),
            input.salt(),
            Json.read(input.input("sample"), DrawnTasks.class).rows(),
            Json.read(input.input("evaluate"), EvaluatedTasks.class).failed(),
            Json.read(input.input("features"), JoinedFeatures.class).rows()),
        activities::assemble);
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
