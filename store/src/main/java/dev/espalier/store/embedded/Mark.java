package dev.espalier.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a store's file had come, noted beside it: so that one which was emptied, taken away or
 * cut short is noticed.
 *
 * @param version of the file, 0 before the first commit
 * @param at when that was on the disk
 */
record Mark(long version, Instant at) {
  void writeBeside(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".mark.new");
    Files.writeString(fresh, version + " " + at + "\n");
    Files.move(fresh, markOf(file), StandardCopyOption.ATOMIC_MOVE);
  }

  static Optional<Mark> readBeside(Path file) {
    try {
      String[] words = Files.readString(markOf(file)).strip().split(" ", 2);
      return Optional.of(new Mark(Long.parseLong(words[0]), Instant.parse(words[1])));
    } catch (IOException
        | NumberFormatException
        | DateTimeException
        | IndexOutOfBoundsException unknown) {
      return Optional.empty();
    }
  }

  private static Path markOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".mark");
  }
}
