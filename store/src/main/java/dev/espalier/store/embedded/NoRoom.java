package dev.espalier.store.embedded;

import java.nio.file.Path;

/** The disk is full, or as good as; or the store was opened only to read. */
final class NoRoom extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final long freeBytes;
  private final long neededBytes;

  NoRoom(Path file, long freeBytes, long neededBytes) {
    this(
        "no room to write: %,d bytes are free on the disk of %s, and %,d are needed"
            .formatted(freeBytes, file, neededBytes),
        file,
        freeBytes,
        neededBytes);
  }

  /** For a store that was opened only to read. */
  static NoRoom toRead(Path file, long freeBytes) {
    return new NoRoom(
        "%s was opened only to read, since nothing can be written there (%,d bytes are free)"
            .formatted(file, freeBytes),
        file,
        freeBytes,
        0);
  }

  private NoRoom(String reason, Path file, long freeBytes, long neededBytes) {
    super(reason);
    this.file = file;
    this.freeBytes = freeBytes;
    this.neededBytes = neededBytes;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  String file() {
    return file.toString();
  }

  long freeBytes() {
    return freeBytes;
  }

  /** What must be free; 0 where room would not help. */
  long neededBytes() {
    return neededBytes;
  }
}
