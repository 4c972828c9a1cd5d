package dev.espalier.workflows.method.metadatabase;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Computes the features of the images, class by class. */
@WorkflowInterface
public interface FeaturesStage extends StageSignals {
  String TYPE = "FeaturesStage";

  /** Returns {@link JoinedFeatures} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
