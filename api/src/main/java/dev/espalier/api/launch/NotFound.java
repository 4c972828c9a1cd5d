package dev.espalier.api.launch;

/** There is no such thing under the name that was given; the message says what there is. */
public final class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotFound(String message) {
    super(message);
  }
}
