package dev.espalier.store.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the file of a store. One that is damaged or gone is set aside, and the newest copy that can
 * be opened takes its place; what that means is said and noted.
 */
final class Opening {
  private static final Logger log = LoggerFactory.getLogger(Opening.class);

  private static final int CACHE_MEBIBYTES = 64;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * @param news what became of the file, for people; null if nothing did
   */
  record Opened(MVStore store, @Nullable String news) {}

  private final Path file;
  private final Optional<Mark> mark;

  private Opening(Path file) {
    this.file = file;
    this.mark = Mark.readBeside(file);
  }

  /**
   * @throws Locked if another process holds the file
   * @throws Unusable if it is damaged or gone, and so are its copies
   */
  static Opened open(Path file) throws IOException {
    return new Opening(file).open();
  }

  /** As {@link #open}, changing nothing; what cannot be opened so is left to {@link #open}. */
  static MVStore openToRead(Path file) {
    Opening opening = new Opening(file);
    String loss = opening.isGone();
    if (loss != null) {
      throw new Unusable(
          "%s %s, and nothing can be written there to put a copy in its place"
              .formatted(file, loss));
    }
    try {
      return opening.openFile(true);
    } catch (RuntimeException failure) {
      String damaged = damageIn(failure);
      throw new Unusable(
          "%s cannot be opened as a document store (%s), and nothing can be written there to put a copy in its place"
              .formatted(file, damaged));
    }
  }

  private Opened open() throws IOException {
    String loss = isGone();
    if (loss != null) {
      return openCopy(loss);
    }
    if (!Files.exists(file)) { // noted before there is anything to lose
      new Mark(0, Instant.now()).writeBeside(file);
    }
    MVStore store;
    try {
      store = openFile(false);
    } catch (RuntimeException failure) {
      String damaged = damageIn(failure);
      return openCopy("cannot be opened as a document store (%s)".formatted(damaged));
    }
    if (hadContent() && DocumentMaps.namesIn(store).isEmpty()) {
      store.closeImmediately();
      return openCopy("has no documents any more");
    }
    if (isCutShort(store) && hasLaterCopy(store)) {
      store.closeImmediately();
      return openCopy("was cut short");
    }
    String older = isOlder(store);
    if (older != null) {
      News.writeBeside(file, older);
    }
    return new Opened(store, older);
  }

  /** What is wrong with a file that is not there, or empty, and should not be; null if nothing. */
  private @Nullable String isGone() {
    try {
      if (!Files.exists(file)) {
        return hadContent() ? "is gone" : null;
      }
      boolean mayBeEmpty = mark.isPresent() && !hadContent(); // killed while it came into being
      return Files.size(file) == 0 && !mayBeEmpty ? "is empty" : null;
    } catch (IOException unreadable) {
      return "cannot be read (%s)".formatted(unreadable);
    }
  }

  private boolean hadContent() {
    return mark.isPresent() && mark.get().version() > 0;
  }

  /** Whether the file's own header tells of a later version than the one that is left in it. */
  private static boolean isCutShort(MVStore store) {
    return DataUtils.readHexLong(store.getStoreHeader(), "version", 0) > store.getCurrentVersion();
  }

  private boolean hasLaterCopy(MVStore store) {
    return copies().stream().findFirst().stream()
        .anyMatch(copy -> copy.version() > store.getCurrentVersion());
  }

  private @Nullable String isOlder(MVStore store) {
    if (mark.isEmpty() || store.getCurrentVersion() >= mark.get().version()) {
      return null;
    }
    return "%s is older than it was at %s, by %,d commits: it was cut short, or an older one was put in its place. %s"
        .formatted(
            file,
            seconds(mark.get().at()),
            mark.get().version() - store.getCurrentVersion(),
            copies().stream()
                .findFirst()
                .map(copy ->
                    "Its newest copy is of %s. To go on from that one, move %s away"
                        .formatted(seconds(copy.at()), file))
                .orElse("There is no copy of it"));
  }

  private Opened openCopy(String loss) throws IOException {
    List<Copies.Copy> copies = copies();
    if (copies.isEmpty()) {
      throw new Unusable(
          ("%s %s, and there is no copy of it in %s. If you have a backup, put it in its place. "
                  + "To begin with an empty store instead, move the folder away: mv %s %s.damaged")
              .formatted(file, loss, copyFolder(), folder(), folder()));
    }
    Path aside = setAside();
    for (Copies.Copy copy : copies) {
      Files.deleteIfExists(file);
      Copies.restore(copy, file);
      try {
        MVStore store = openFile(false);
        String news = news(loss, copy, aside);
        News.writeBeside(file, news);
        return new Opened(store, news);
      } catch (RuntimeException failure) {
        log.warn("{} cannot be opened either: {}", copy.file(), damageIn(failure));
      }
    }
    Files.deleteIfExists(file);
    if (Files.exists(aside)) {
      Files.move(aside, file);
    }
    throw new Unusable(
        ("%s %s, and none of its copies in %s can be opened. If you have a backup, put it in its place. "
                + "To begin with an empty store instead, move the folder away: mv %s %s.damaged")
            .formatted(file, loss, copyFolder(), folder(), folder()));
  }

  private String news(String loss, Copies.Copy copy, Path aside) {
    return ("%s %s. Its newest copy, of %s, has taken its place%s. Lost is what was recorded since then%s: "
            + "experiments that were running compute it again, and those launched since then are not known any "
            + "more")
        .formatted(
            file,
            loss,
            seconds(copy.at()),
            Files.exists(aside) ? "; it is kept as " + aside : "",
            mark.map(known -> " (to %s)".formatted(seconds(known.at()))).orElse(""));
  }

  private Path setAside() throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + TIME.format(Instant.now()));
    if (Files.exists(file)) {
      Files.move(file, aside);
    }
    return aside;
  }

  /**
   * Opens a file that was open before and closed by a failed write: it is not given up for that.
   */
  static MVStore reopen(Path file) {
    return new Opening(file).openFile(false);
  }

  /**
   * What is wrong with a file that could not be opened.
   *
   * @throws RuntimeException the failure itself, where it does not tell that the file is damaged
   */
  private static String damageIn(RuntimeException failure) {
    int code = failure instanceof MVStoreException known ? known.getErrorCode() : 0;
    boolean shortened = failure.getCause() instanceof EOFException;
    boolean readable =
        failure instanceof Locked
            || code == DataUtils.ERROR_WRITING_FAILED
            || (code == DataUtils.ERROR_READING_FAILED && !shortened);
    if (readable) {
      throw failure;
    }
    return shortened ? "it ends too early" : plain(failure);
  }

  /** Without the numbers and names of objects that only H2's authors know. */
  static String plain(RuntimeException failure) {
    return String.valueOf(failure.getMessage()) // not only H2's own: where it reads garbage
        .replaceAll("\\s*\\[[\\d.]+/\\d+]$", "")
        .replaceAll("[\\w.$]+@[0-9a-f]+", "it");
  }

  private MVStore openFile(boolean readOnly) {
    MVStore.Builder builder =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MEBIBYTES)
            .autoCommitDisabled()
            .autoCommitBufferSize(0);
    try {
      return readOnly ? builder.readOnly().open() : builder.open();
    } catch (MVStoreException failure) {
      if (failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new Locked(file, Holder.readBeside(file));
      }
      throw failure;
    }
  }

  private List<Copies.Copy> copies() {
    return new Copies(file).list();
  }

  private Path copyFolder() {
    return file.resolveSibling("copies");
  }

  private Path folder() {
    return file.toAbsolutePath().resolveSibling("").normalize();
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
