package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.FeatureSettings;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.method.metadatabase.EncoderActivities.TrainEncoder;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work; none where weights or features were imported. */
public final class TrainEncoderStageImpl implements TrainEncoderStage {
  private final PausableUnits units;
  private final EncoderActivities activities;

  @WorkflowInit
  public TrainEncoderStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            EncoderActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> CanonicalJson.of(result(input)));
  }

  private TrainedEncoder result(StageInput input) {
    FeatureSettings features =
        Json.read(input.specification(), MetaDatabaseSpecification.class).features();
    return features.isTrained()
        ? SingleUnit.run(
            units,
            new TrainEncoder(input.ref(), input.specification(), input.dataDigest()),
            activities::train)
        : new TrainedEncoder(features.encoder(), features.name(), null, null, null);
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
