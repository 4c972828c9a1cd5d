package dev.espalier.learning.training;

/** These bytes are not the checkpoint that was written: never load it, take the one before it. */
public final class CorruptCheckpoint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptCheckpoint(String message) {
    super(message);
  }

  public CorruptCheckpoint(String message, Throwable cause) {
    super(message, cause);
  }
}
