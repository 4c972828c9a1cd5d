package dev.espalier.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of a store's file, in the folder {@code copies} beside it: each of one moment, on the
 * disk before it has its name, the newest two kept.
 */
final class Copies {
  /*
   * Documents are copied, not bytes of the file: each is checked on its way, and none of the
   * garbage between them comes along. One with damaged documents is marked as such, and never
   * drives out the last that had none.
   */
  private static final Logger log = LoggerFactory.getLogger(Copies.class);

  static final int KEPT = 2;
  private static final int CACHE_MEBIBYTES = 16;
  private static final String ENDING = ".h2";
  private static final String DAMAGED = ".damaged";
  private static final String VERSION = "-v";
  private static final String UNFINISHED = ".new";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * A copy, and when it was made.
   *
   * @param version of the file it is a copy of
   */
  record Copy(Path file, Instant at, long version, boolean damaged) {}

  /** The copy takes too long. */
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("the copy was given up", null, false, false);
    }
  }

  private final Path folder;
  private final String prefix;

  Copies(Path file) {
    this.folder = file.resolveSibling("copies");
    this.prefix = file.getFileName() + "-";
  }

  /** The copies that are there, the newest first. */
  List<Copy> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(this::copy)
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(Copy::at).reversed())
          .toList();
    } catch (IOException unreadable) {
      log.warn("{} cannot be read: {}", folder, unreadable.toString());
      return List.of();
    }
  }

  /**
   * Makes a copy, and removes those that are one too many.
   *
   * @param orGiveUp throws {@link GivenUp} when it has taken too long
   */
  Copy make(Supplier<Snapshot> taking, Runnable orGiveUp) throws IOException {
    Files.createDirectories(folder);
    Path fresh = folder.resolve(prefix + "copy" + UNFINISHED);
    Files.deleteIfExists(fresh);
    try {
      Instant at;
      long version;
      int damaged;
      try (Snapshot snapshot = taking.get();
          MVStore to = create(fresh)) {
        at = Instant.now();
        version = snapshot.store().getCurrentVersion();
        damaged = DocumentMaps.copy(snapshot, to, orGiveUp);
      }
      force(fresh, StandardOpenOption.WRITE);
      Path named =
          folder.resolve(
              prefix + TIME.format(at) + VERSION + version + (damaged > 0 ? DAMAGED : "") + ENDING);
      Files.move(fresh, named, StandardCopyOption.ATOMIC_MOVE);
      force(folder, StandardOpenOption.READ);
      if (damaged > 0) {
        log.warn("{} documents are damaged, in {} too. Run: espalier verify", damaged, named);
      }
      removeOld();
      return new Copy(named, at, version, damaged > 0);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Puts a copy of the copy in the place of the file, which must not be there. */
  static void restore(Copy copy, Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.copy(copy.file(), fresh, StandardCopyOption.REPLACE_EXISTING);
    force(fresh, StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    force(file.resolveSibling("."), StandardOpenOption.READ);
  }

  private void removeOld() throws IOException {
    List<Copy> all = list();
    List<Copy> sound = all.stream().filter(copy -> !copy.damaged()).limit(KEPT).toList();
    Optional<Copy> damaged = all.stream().filter(Copy::damaged).findFirst();
    boolean isNewest = damaged.isPresent() && damaged.equals(all.stream().findFirst());
    for (Copy copy : all) {
      if (!sound.contains(copy) && !(isNewest && copy.equals(damaged.orElse(null)))) {
        Files.deleteIfExists(copy.file());
      }
    }
  }

  private Optional<Copy> copy(Path file) {
    Matcher name = name().matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Copy(
              file,
              TIME.parse(name.group(1), Instant::from),
              Long.parseLong(name.group(2)),
              name.group(3) != null));
    } catch (DateTimeParseException | NumberFormatException another) {
      return Optional.empty();
    }
  }

  private Pattern name() {
    return Pattern.compile(
        Pattern.quote(prefix)
            + "([0-9TZ.]+)"
            + VERSION
            + "([0-9]+)("
            + Pattern.quote(DAMAGED)
            + ")?"
            + Pattern.quote(ENDING));
  }

  static MVStore create(Path file) {
    return new MVStore.Builder()
        .fileName(file.toString())
        .cacheSize(CACHE_MEBIBYTES)
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .open();
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
