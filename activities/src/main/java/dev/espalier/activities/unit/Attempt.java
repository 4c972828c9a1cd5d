package dev.espalier.activities.unit;

/** One try at a unit of work, as the work itself sees it. */
public final class Attempt {
  private final Heartbeat heartbeat;
  private final boolean recovery;
  private volatile boolean interrupted;

  Attempt(Heartbeat heartbeat, boolean recovery) {
    this.heartbeat = heartbeat;
    this.recovery = recovery;
  }

  /** Whether the work should stop at its next step boundary: asked once a step. */
  public boolean stop() {
    if (Thread.interrupted()) {
      interrupted =
          true; // the worker drains; the flag is cleared so that the checkpoint can still be
      // written
    }
    return interrupted || heartbeat.lostOwnership() != null;
  }

  /** Ends the attempt here if it should stop. */
  public void orStop() {
    if (stop()) {
      throw new Stopped();
    }
  }

  /** Names the newest checkpoint in the next heartbeat. */
  public void point(String checkpoint) {
    heartbeat.point(checkpoint);
  }

  /** Whether the attempt before this one died. */
  public boolean recovery() {
    return recovery;
  }
}
