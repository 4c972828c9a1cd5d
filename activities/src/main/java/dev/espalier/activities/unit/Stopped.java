package dev.espalier.activities.unit;

/**
 * The work stopped at a step boundary because its attempt was asked to; what it had done is kept.
 */
public final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Stopped() {
    super("stopped at a step boundary", null, false, false);
  }
}
