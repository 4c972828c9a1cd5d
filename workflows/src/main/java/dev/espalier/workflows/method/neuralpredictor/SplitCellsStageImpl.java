package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.InputIndicators;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
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

/** One unit of work, and the indicators of all cells where predictors read them. */
public final class SplitCellsStageImpl implements SplitCellsStage {
  private final StageNotes notes;
  private final PausableUnits units;
  private final TableActivities activities;

  @WorkflowInit
  public SplitCellsStageImpl(StageInput input) {
    notes = new StageNotes(input);
    units = notes.units();
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
    SplitResult split = SingleUnit.run(units, request, activities::split);
    NeuralPredictorSpecification specification =
        Json.read(input.specification(), NeuralPredictorSpecification.class);
    InputIndicators indicators = specification.indicators();
    return CanonicalJson.of(
        indicators == null
            ? split
            : new CellMeasurements(input, notes, units).of(split, specification, indicators));
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
