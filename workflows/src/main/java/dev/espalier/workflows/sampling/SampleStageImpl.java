package dev.espalier.workflows.sampling;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.workflows.sampling.SamplingActivities.SampleRequest;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work. */
public final class SampleStageImpl implements SampleStage {
  private final PausableUnits units;
  private final SamplingActivities activities;

  @WorkflowInit
  public SampleStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            SamplingActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> {
      SampleRequest request =
          new SampleRequest(
              input.ref(), input.specification(), input.dataDigest(), input.tableDigest());
      return CanonicalJson.of(SingleUnit.run(units, request, activities::sample));
    });
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
