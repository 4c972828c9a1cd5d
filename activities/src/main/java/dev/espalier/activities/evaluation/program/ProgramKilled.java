package dev.espalier.activities.evaluation.program;

/** A program that was ended, by a signal or for want of time or memory: tried again so often. */
public final class ProgramKilled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProgramKilled(String message) {
    super(message);
  }
}
