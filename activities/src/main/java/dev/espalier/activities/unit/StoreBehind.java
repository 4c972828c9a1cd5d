package dev.espalier.activities.unit;

/** The store does not have what the workflow goes by, since it is older than Temporal. */
public final class StoreBehind extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreBehind(String message) {
    super(message);
  }
}
