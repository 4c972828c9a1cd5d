package dev.espalier.workflows.data;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.workflows.data.DataActivities.PrepareData;
import dev.espalier.workflows.data.DataActivities.Table;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** One unit of work. */
public final class PrepareDataStageImpl implements PrepareDataStage {
  private final PausableUnits units;
  private final DataActivities activities;

  @WorkflowInit
  public PrepareDataStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            DataActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    Specification specification = Json.read(input.specification(), Specification.class);
    PrepareData request =
        new PrepareData(
            input.experimentId(),
            input.key(),
            specification.data(),
            input.dataDigest(),
            table(specification));
    return CanonicalJson.of(SingleUnit.run(units, request, activities::prepare));
  }

  private static @Nullable Table table(Specification specification) {
    return specification.table().isEmpty()
        ? null
        : new Table(specification.table(), specification.tableFormat());
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
