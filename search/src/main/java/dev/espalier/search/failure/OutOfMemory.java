package dev.espalier.search.failure;

/** A step did not fit into memory; retried only as the specification allows. */
public final class OutOfMemory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutOfMemory(String message) {
    super(message);
  }

  public OutOfMemory(String message, Throwable cause) {
    super(message, cause);
  }
}
