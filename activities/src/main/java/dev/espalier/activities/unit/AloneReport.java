package dev.espalier.activities.unit;

/** How a process that runs one unit speaks with the worker that watches it. */
public interface AloneReport {
  /** Whether the attempt should stop at its next step boundary. */
  boolean stopWanted();

  /** A checkpoint was written. */
  void pointed(String checkpoint);

  /** The work came a step further. */
  void stepped();

  /**
   * The work is done.
   *
   * @param answer JSON
   */
  void answered(String answer);

  /** The attempt ended without a result. */
  void failed(Failure failure);
}
