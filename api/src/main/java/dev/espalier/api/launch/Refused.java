package dev.espalier.api.launch;

/**
 * The store's experiments are not to be run from here, whoever tries again; the message says why,
 * and what to do.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
