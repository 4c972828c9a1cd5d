package dev.espalier.store;

/** An artifact whose bytes are not, or not all, there. It is never handed out. */
public final class CorruptArtifact extends RuntimeException {
  private final String sha;

  private static final long serialVersionUID = 1L;

  public CorruptArtifact(String sha, String message) {
    super(message);
    this.sha = sha;
  }

  /** The SHA-256 that was asked for. */
  public String sha() {
    return sha;
  }
}
