package dev.espalier.cli.up;

/** A part that does not come up; the message says why and where to look. */
public final class PartFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  PartFailed(String message) {
    super(message);
  }
}
