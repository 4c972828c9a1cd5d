package dev.espalier.activities.unit;

/** One try at a unit of work, as the work itself sees it. */
public final class Attempt {
  private final Ownership ownership;
  private final String token;
  private final boolean recovery;
  private volatile boolean interrupted;

  /**
   * @param token names it in the unit's document
   */
  Attempt(Ownership ownership, String token, boolean recovery) {
    this.ownership = ownership;
    this.token = token;
    this.recovery = recovery;
  }

  /** Whether the work should stop at its next step boundary: asked once a step. */
  public boolean stop() {
    ownership.step();
    return isUnwanted();
  }

  /** As {@link #stop}, for whoever asks without having come a step further. */
  public boolean isUnwanted() {
    if (Thread.interrupted()) {
      // The worker drains; the flag is cleared so that the checkpoint can still be written.
      interrupted = true;
    }
    return interrupted || ownership.isLost();
  }

  /** Ends the attempt here if it should stop. */
  public void orStop() {
    if (stop()) {
      throw new Stopped();
    }
  }

  /** Names the newest checkpoint in the next heartbeat. */
  public void point(String checkpoint) {
    ownership.point(checkpoint);
  }

  /** The work came a step further, where it cannot ask whether to stop. */
  public void step() {
    ownership.step();
  }

  /**
   * Whether the work has come no step further for so long that it will not: whoever watches the
   * process that it has of its own ends that.
   */
  public boolean isStuck() {
    return ownership.isStuck();
  }

  /** Names the attempt in the unit's document. */
  String token() {
    return token;
  }

  /** Whether the attempt before this one died. */
  public boolean recovery() {
    return recovery;
  }
}
