package dev.espalier.workflows.experiment;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One experiment: its stages in order, each a child workflow. All signals are idempotent. */
@WorkflowInterface
public interface ExperimentWorkflow {
  String TYPE = "Experiment";

  /** The workflow id of an experiment. */
  static String workflowId(String experimentId) {
    return "experiment/" + experimentId;
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
