package dev.espalier.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What last became of a damaged file, noted beside it for people who did not see it being said. */
final class News {
  private static final Logger log = LoggerFactory.getLogger(News.class);

  private News() {}

  static void writeBeside(Path file, String news) {
    log.error("{}", news);
    try {
      Files.writeString(noteBeside(file), news + "\n");
    } catch (IOException failure) {
      log.warn("{} cannot be written: {}", noteBeside(file), failure.toString());
    }
  }

  static Optional<String> readSince(Path file, Instant then) {
    try {
      Path note = noteBeside(file);
      return Files.getLastModifiedTime(note).toInstant().isBefore(then)
          ? Optional.empty()
          : Optional.of(Files.readString(note).strip());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static Path noteBeside(Path file) {
    return file.resolveSibling(file.getFileName() + ".news");
  }
}
