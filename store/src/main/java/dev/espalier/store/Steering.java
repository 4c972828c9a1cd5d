package dev.espalier.store;

import dev.espalier.search.experiment.ExperimentState;

/**
 * What people want of an experiment, and what its workflow was told of it.
 *
 * @param desired RUNNING, PAUSED or CANCELLED
 * @param wishes how many wishes there were, 0 for none since the launch
 * @param retries how many of them were retries
 * @param told of which of them the workflow knows
 */
public record Steering(ExperimentState desired, long wishes, int retries, Told told) {
  /**
   * What one run of the workflow was told.
   *
   * @param run Temporal's id of the run; empty where nothing was noted yet
   * @param wishes the newest wish that it knows
   * @param retries the newest retry that it knows
   */
  public record Told(String run, long wishes, int retries) {}

  /** Whether that run of the workflow knows all that is wanted. */
  public boolean isKnownTo(String run) {
    return told.run().equals(run) && told.wishes() >= wishes;
  }

  /** Whether a retry was asked for that no run knows of. */
  public boolean isRetryPending() {
    return retries > told.retries();
  }

  /** That a run knows all of this. */
  public Told knownTo(String run) {
    return new Told(run, wishes, retries);
  }
}
