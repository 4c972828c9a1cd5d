package dev.espalier.workflows.data;

import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Makes the experiment's data set ready: found in the store, or fetched. */
@WorkflowInterface
public interface PrepareDataStage extends StageSignals {
  String TYPE = "PrepareDataStage";

  /** As every method begins. */
  StagePlan PLAN = new StagePlan("prepare-data", TYPE, 1, List.of("data"), false);

  /** Returns {@link PreparedData} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
