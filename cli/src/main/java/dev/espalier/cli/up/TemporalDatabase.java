package dev.espalier.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file in which Temporal's server keeps what runs. It can be done without: whatever is recorded
 * is in the store too, and experiments without a workflow are started again from there. So a
 * damaged one is put aside, under a name with the time, and the server begins with an empty one.
 *
 * <p>Only damage counts: SQLite's own words for a file that is none of its own, that contradicts
 * itself, or that has lost its tables; a folder in its place; a file that cannot be written. A full
 * disk or a taken port is no damage.
 */
final class TemporalDatabase {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** The file, its write-ahead log with the index of that, and a rollback journal. */
  private static final List<String> FILES = List.of("", "-wal", "-shm", "-journal");

  private static final Pattern DAMAGE =
      Pattern.compile(
          "database disk image is malformed \\(11\\)|file is not a database \\(26\\)|no such table: \\w+");

  private final Path file;

  TemporalDatabase(Path file) {
    this.file = file;
  }

  /** What keeps the server from using the file, as far as can be seen from outside. */
  Optional<String> visibleDamage() {
    for (String each : FILES) {
      Path path = with(each);
      if (Files.isDirectory(path)) {
        return Optional.of(path.getFileName() + " is a folder");
      }
      if (Files.exists(path) && !Files.isWritable(path)) {
        return Optional.of(path.getFileName() + " cannot be written");
      }
    }
    return Optional.empty();
  }

  /** What the server's log says of damage. */
  static Optional<String> damageIn(String log) {
    return DAMAGE.matcher(log).results().map(found -> found.group()).findFirst();
  }

  /**
   * Puts the damaged files aside.
   *
   * @return under which name the database is now
   */
  Path putAside() throws IOException {
    String suffix = ".damaged-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
    for (String each : FILES) {
      Path path = with(each);
      if (Files.exists(path)) {
        Files.move(path, path.resolveSibling(path.getFileName() + suffix));
      }
    }
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private Path with(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
