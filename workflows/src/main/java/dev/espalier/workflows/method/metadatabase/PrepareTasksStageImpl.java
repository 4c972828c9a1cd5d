package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.workflows.data.DataActivities;
import dev.espalier.workflows.data.DataActivities.PrepareData;
import dev.espalier.workflows.method.metadatabase.TaskActivities.PrepareTasks;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** Two units of work: the images, then what was imported beside them. */
public final class PrepareTasksStageImpl implements PrepareTasksStage {
  private final PausableUnits units;
  private final DataActivities images;
  private final TaskActivities tasks;

  @WorkflowInit
  public PrepareTasksStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    images =
        Workflow.newActivityStub(
            DataActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    tasks =
        Workflow.newActivityStub(
            TaskActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> prepare(input));
  }

  private String prepare(StageInput input) {
    Specification specification = Json.read(input.specification(), Specification.class);
    PreparedData data =
        SingleUnit.run(
            units,
            new PrepareData(
                input.experimentId(), input.key(), specification.data(), input.dataDigest(), null),
            images::prepare);
    return CanonicalJson.of(
        SingleUnit.run(
            units, new PrepareTasks(input.ref(), input.specification(), data), tasks::prepare));
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
