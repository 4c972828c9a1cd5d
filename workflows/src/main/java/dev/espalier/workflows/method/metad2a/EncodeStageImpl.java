package dev.espalier.workflows.method.metad2a;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities.EncodeDataSet;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.WorkflowInit;

/** One unit of work. */
public final class EncodeStageImpl implements EncodeStage {
  private final PausableUnits units;

  @WorkflowInit
  public EncodeStageImpl(StageInput input) {
    units = new StageNotes(input).units();
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() ->
        CanonicalJson.of(
            SingleUnit.run(
                units,
                new EncodeDataSet(input.ref(), input.specification(), Handed.prepared(input)),
                Handed.activities(input)::encode)));
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
