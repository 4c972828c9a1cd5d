package dev.espalier.store.embedded;

import java.nio.file.Path;

/** The disk is full, or as good as. */
final class NoRoom extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoRoom(Path file, long freeBytes) {
    super(
        "no room to write: %,d bytes are free on the disk of %s. Make room; the work goes on by itself"
            .formatted(freeBytes, file));
  }
}
