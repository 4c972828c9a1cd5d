package dev.espalier.activities.evaluation.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that one training's program works in; what killed workers left is cleared away. */
final class Scratch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scratch.class);
  private static final String NAME = "run-";

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  static Scratch open(Path cache) throws IOException {
    Files.createDirectories(cache);
    clear(cache);
    return new Scratch(
        Files.createDirectory(
            cache.resolve(
                "%s%d-%s".formatted(NAME, ProcessHandle.current().pid(), UUID.randomUUID()))));
  }

  /** Those of processes that are no more. */
  private static void clear(Path cache) throws IOException {
    List<Path> left;
    try (Stream<Path> all = Files.list(cache)) {
      left = all.filter(each -> String.valueOf(each.getFileName()).startsWith(NAME)).toList();
    }
    for (Path each : left) {
      String owner = each.getFileName().toString().substring(NAME.length()).split("-", 2)[0];
      if (owner.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
        delete(each);
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** Deletes what is there; what cannot be deleted is left for the next time. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      log.debug("{} cannot be deleted just now", folder, e);
    }
  }

  @Override
  public void close() {
    delete(folder);
  }
}
