package dev.espalier.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that holds the file of an embedded store: a note beside the file, for people. What
 * holds the file is a lock of the operating system, which ends with the process.
 *
 * @param uri where the store answers
 */
public record Holder(long pid, String uri) {
  void writeBeside(Path file) throws IOException {
    Files.writeString(noteBeside(file), pid + " " + uri + "\n");
  }

  static Optional<Holder> readBeside(Path file) {
    try {
      String[] words = Files.readString(noteBeside(file)).strip().split(" ", 2);
      return words.length == 2
          ? Optional.of(new Holder(Long.parseLong(words[0]), words[1]))
          : Optional.empty();
    } catch (IOException | NumberFormatException unknown) {
      return Optional.empty();
    }
  }

  static void removeBeside(Path file) throws IOException {
    Files.deleteIfExists(noteBeside(file));
  }

  private static Path noteBeside(Path file) {
    return file.resolveSibling(file.getFileName() + ".holder");
  }
}
