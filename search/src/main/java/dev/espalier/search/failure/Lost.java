package dev.espalier.search.failure;

/**
 * Infrastructure that is away: a store, a server, a worker. Retried without limit, with backoff.
 */
public sealed class Lost extends RuntimeException permits DiskFull {
  private static final long serialVersionUID = 1L;

  public Lost(String message) {
    super(message);
  }

  public Lost(String message, Throwable cause) {
    super(message, cause);
  }
}
