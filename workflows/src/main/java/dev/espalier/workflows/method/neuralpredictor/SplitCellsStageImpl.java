package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.workflows.method.neuralpredictor.TableActivities.SplitCells;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;

/** One unit of work. */
public final class SplitCellsStageImpl implements SplitCellsStage {
  private final PausableUnits units;
  private final TableActivities activities;

  @WorkflowInit
  public SplitCellsStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            TableActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> split(input));
  }

  private String split(StageInput input) {
    SplitCells request =
        new SplitCells(
            input.ref(),
            input.specification(),
            Objects.requireNonNullElse(input.tableDigest(), ""));
    return CanonicalJson.of(SingleUnit.run(units, request, activities::split));
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
