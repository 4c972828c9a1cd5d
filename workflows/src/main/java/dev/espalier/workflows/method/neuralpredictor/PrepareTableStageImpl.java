package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.data.DataActivities;
import dev.espalier.workflows.data.DataActivities.PrepareData;
import dev.espalier.workflows.method.neuralpredictor.TableActivities.PrepareTable;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work: what it is depends on whether accuracies are looked up. */
public final class PrepareTableStageImpl implements PrepareTableStage {
  private final PausableUnits units;
  private final TableActivities tables;
  private final DataActivities images;

  @WorkflowInit
  public PrepareTableStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    tables =
        Workflow.newActivityStub(
            TableActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    images =
        Workflow.newActivityStub(
            DataActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> prepare(input));
  }

  private String prepare(StageInput input) {
    NeuralPredictorSpecification specification =
        Json.read(input.specification(), NeuralPredictorSpecification.class);
    return specification.needsImages()
        ? CanonicalJson.of(
            SingleUnit.run(
                units,
                new PrepareData(
                    input.experimentId(),
                    input.key(),
                    specification.data(),
                    input.dataDigest(),
                    null),
                images::prepare))
        : CanonicalJson.of(
            SingleUnit.run(
                units, new PrepareTable(input.ref(), input.specification()), tables::table));
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
