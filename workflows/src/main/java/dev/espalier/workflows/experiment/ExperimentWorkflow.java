package dev.espalier.workflows.experiment;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One experiment: its stages in order, each a child workflow. All signals are idempotent. */
@WorkflowInterface
public interface ExperimentWorkflow {
  String TYPE = "Experiment";
  String PREFIX = "experiment/";

  /** The workflow id of an experiment. */
  static String workflowId(String store, String experimentId) {
    return PREFIX + store + "/" + experimentId;
  }

  /** Its workflow id in the days when stores had no name. */
  static String namelessWorkflowId(String experimentId) {
    return PREFIX + experimentId;
  }

  /** Whether a workflow, an experiment's or a stage's, is not one of that store. */
  static boolean isForeign(String workflowId, String store) {
    return workflowId.startsWith(PREFIX) && !workflowId.startsWith(workflowId(store, ""));
  }

  @WorkflowMethod(name = TYPE)
  void run(ExperimentInput input);

  /** Stops the work at its next step and keeps everything. */
  @SignalMethod
  void pause();

  /** Goes on after {@link #pause}. */
  @SignalMethod
  void resume();

  /** Ends the experiment; what is finished stays recorded. */
  @SignalMethod
  void cancel();

  /**
   * Tries a failed stage again.
   *
   * @param number how many retries a person has asked for in all: a repeated signal with the same
   *     number does nothing
   */
  @SignalMethod
  void retry(int number);

  @QueryMethod
  ExperimentStatus status();
}
