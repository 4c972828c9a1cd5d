package dev.espalier.activities.unit;

/** Makes an attempt in a process of its own, so that nothing else dies of it. */
@FunctionalInterface
public interface Isolation {
  /**
   * Makes the attempt, and comes back when that process has ended. It is asked to stop when the
   * attempt should.
   */
  Ending run(Errand errand, Attempt attempt);

  /** How it ended. */
  sealed interface Ending {
    /**
     * @param answer JSON
     */
    record Answered(String answer) implements Ending {}

    record Failed(Failure failure) implements Ending {}

    /**
     * The process died of its work.
     *
     * @param how such as {@code was killed (SIGKILL)}
     */
    record Died(String how) implements Ending {}
  }
}
