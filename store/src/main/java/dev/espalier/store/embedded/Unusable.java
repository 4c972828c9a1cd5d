package dev.espalier.store.embedded;

/** The file of an embedded store is damaged or gone, and no good copy of it is there. */
public final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unusable(String message) {
    super(message);
  }
}
