package dev.espalier.api.launch;

/** The key that names a wish was used for another one before; the message says for which. */
public final class KeyTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyTaken(String message) {
    super(message);
  }
}
