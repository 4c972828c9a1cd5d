package dev.espalier.store.embedded;

import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Inspection;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A store's documents of one moment in one file, which tells at its end how many they are.
 *
 * @param at the moment
 * @param documents how many, chunks of artifacts among them
 * @param damaged how many of them were not as they were written, already when they were copied
 * @param bytes of the file
 */
public record Backup(Path file, Instant at, long documents, int damaged, long bytes) {
  /*
   * The note of how many there are is written last: a backup that was cut short has none, or tells
   * of more than there are. Each document has its checksum, each artifact its SHA-256.
   */
  private static final String MAP = "backup";

  private static final String UNFINISHED = ".unfinished";

  /**
   * Writes a backup.
   *
   * @param file must not be there
   * @throws InvalidInput if it is
   */
  static Backup write(Path file, Supplier<Snapshot> taking) throws IOException {
    requireNew(file);
    Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(fresh);
    try {
      Instant at;
      long documents;
      int damaged;
      try (Snapshot snapshot = taking.get();
          MVStore to = Copies.create(fresh)) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        at = Instant.now();
        damaged = DocumentMaps.copy(snapshot, to, () -> {});
        documents = count(to);
        MVMap<String, String> note = to.openMap(MAP);
        note.put("at", at.toString());
        note.put("documents", Long.toString(documents));
        note.put("damaged", Integer.toString(damaged));
        to.commit();
      }
      force(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return new Backup(file, at, documents, damaged, Files.size(file));
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Puts a backup where a store's file is to be, after all of it has been read and found as it was
   * written.
   *
   * @param database must not be there
   * @throws InvalidInput if the file is no backup, or not whole, or there is a store already
   */
  public static Backup restore(Path backup, Path database) throws IOException {
    if (!Files.isRegularFile(backup)) {
      throw new InvalidInput("there is no file %s to restore from".formatted(backup));
    }
    if (Files.exists(database) || Mark.readBeside(database).isPresent()) {
      throw new InvalidInput(
          "%s is there already: a backup is put into an empty home only. Name another with --home"
              .formatted(database));
    }
    requireRoom(database.resolveSibling("."), Files.size(backup));
    Path fresh = database.resolveSibling(database.getFileName() + UNFINISHED);
    try {
      Files.copy(backup, fresh, StandardCopyOption.REPLACE_EXISTING);
      Backup found = opened(backup, fresh);
      requireSound(found, fresh);
      force(fresh);
      Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
      return found;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Takes the note out of the copy, which is a store from then on. */
  private static Backup opened(Path backup, Path copy) throws IOException {
    try (MVStore store = Opening.reopen(copy)) {
      if (!store.hasMap(MAP)) {
        throw new InvalidInput("%s is no backup of Espalier's, or was cut short".formatted(backup));
      }
      MVMap<String, String> note = store.openMap(MAP);
      long documents = Long.parseLong(note.getOrDefault("documents", "-1"));
      Backup found =
          new Backup(
              backup,
              Instant.parse(note.getOrDefault("at", "")),
              documents,
              Integer.parseInt(note.getOrDefault("damaged", "0")),
              Files.size(backup));
      if (count(store) != documents) {
        throw new InvalidInput(
            "%s has %,d documents, but tells of %,d: it is damaged, take another backup"
                .formatted(backup, count(store), documents));
      }
      store.removeMap(note);
      store.commit();
      return found;
    } catch (MVStoreException | IllegalArgumentException damaged) {
      throw new InvalidInput(
          "%s cannot be read as a backup (%s): it is damaged, or none"
              .formatted(backup, Opening.plain(damaged)),
          damaged);
    }
  }

  private static void requireSound(Backup found, Path copy) {
    try (EmbeddedStore embedded = EmbeddedStore.openToRead(copy);
        Store store = Store.connect(embedded.uri())) {
      Inspection inspection = store.inspect();
      Optional<Inspection.Fault> first = inspection.faults().stream().findFirst();
      if (first.isPresent() && found.damaged() == 0) {
        throw new InvalidInput(
            "%s is damaged: %d things in it are not as they were written, such as %s of %s (%s). Take another backup"
                .formatted(
                    found.file(),
                    inspection.faults().size(),
                    first.get().id(),
                    first.get().collection(),
                    first.get().what()));
      }
    }
  }

  /** Refuses to write over a file, or where there is not that much room. */
  public static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new InvalidInput("%s is there already: name another file".formatted(file));
    }
    if (!Files.isDirectory(file.toAbsolutePath().resolveSibling("."))) {
      throw new InvalidInput("there is no folder for %s: make it first".formatted(file));
    }
  }

  /**
   * @throws DiskFull where a folder's disk has less room
   */
  public static void requireRoom(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    long needed = bytes + Storage.ROOM_BYTES;
    if (free < needed) {
      throw new DiskFull(folder.toString(), free, needed);
    }
  }

  private static long count(MVStore store) {
    return DocumentMaps.namesIn(store).stream()
        .mapToLong(name -> DocumentMaps.open(store, name).sizeAsLong())
        .sum();
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
