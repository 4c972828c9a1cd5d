package dev.espalier.store.embedded;

import java.nio.file.Path;

/** The disk is full, or as good as. */
final class NoRoom extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  NoRoom(Path file, long freeBytes) {
    this(
        "no room to write: %,d bytes are free on the disk of %s. Make room; the work goes on by itself"
            .formatted(freeBytes, file));
  }

  /** For a store that was opened only to read. */
  static NoRoom toRead(Path file, long freeBytes) {
    return new NoRoom(
        "%s was opened only to read, since nothing can be written there (%,d bytes are free)"
            .formatted(file, freeBytes));
  }

  private NoRoom(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
