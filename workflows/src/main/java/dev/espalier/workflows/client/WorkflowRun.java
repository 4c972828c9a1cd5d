package dev.espalier.workflows.client;

/**
 * One run of a workflow, as Temporal knows it.
 *
 * @param workflowId the experiment's, or that of one of its stages
 * @param id Temporal's own name of the run
 */
public record WorkflowRun(String workflowId, String id, State state) {
  /** How it is, or how it ended. */
  public enum State {
    RUNNING,
    COMPLETED,
    CONTINUED,
    FAILED,
    CANCELLED,
    TERMINATED,
    TIMED_OUT
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }
}
