package dev.espalier.cli.up;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a log has gained since it was last looked at. */
final class LogSince {
  /** More than that of a log at once tells nothing new. */
  private static final int LARGEST = 1 << 20;

  private final Path log;
  private long position;

  LogSince(Path log) {
    this.log = log;
    this.position = size();
  }

  /** The new text, its last megabyte at most; empty where the log cannot be read. */
  synchronized String read() {
    long size = size();
    long from = size < position ? 0 : Math.max(position, size - LARGEST); // shorter: begun anew
    position = size;
    if (size == from) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) (size - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private long size() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      return 0;
    }
  }
}
