package dev.espalier.search.failure;

/** A computation left the real line (NaN or infinity): one candidate fails, the round goes on. */
public final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Diverged(String message) {
    super(message);
  }

  public Diverged(String message, Throwable cause) {
    super(message, cause);
  }
}
