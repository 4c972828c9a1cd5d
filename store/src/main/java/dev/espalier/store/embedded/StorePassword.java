package dev.espalier.store.embedded;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The password of an embedded store: made with the store, kept in a file beside it that only its
 * owner can read. Without it, every user of the machine could reach the store by its port.
 */
final class StorePassword {
  static final String USER = "espalier";

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String OWNER_ONLY = "rw-------";

  private StorePassword() {}

  /**
   * The password of the store in this file; made, if there was none.
   *
   * @throws InvalidInput if it can be neither read nor made
   */
  static String of(Path databaseFile) {
    Path file = fileBeside(databaseFile);
    try {
      String kept = read(file);
      if (FORM.matcher(kept).matches()) {
        return kept;
      }
      Files.deleteIfExists(file); // torn by a full disk
      return make(file);
    } catch (IOException e) {
      throw new InvalidInput(
          "the password of the document store, %s, can be neither read nor made (%s): make its folder yours to write"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** As {@link #of}, for a store where nothing can be written: good for this process only. */
  static String readOrMakeUp(Path databaseFile) {
    try {
      String kept = read(fileBeside(databaseFile));
      return FORM.matcher(kept).matches() ? kept : random();
    } catch (IOException e) {
      return random();
    }
  }

  /** The store's address for those who may use it. */
  static String uri(int port, String password) {
    return "mongodb://%s:%s@127.0.0.1:%d/espalier?authSource=admin&authMechanism=%s"
        .formatted(USER, password, port, Scram.MECHANISM);
  }

  private static String read(Path file) throws IOException {
    try {
      if (Files.exists(file) && !owned(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
      }
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static boolean owned(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals(OWNER_ONLY);
  }

  /** Whoever comes first makes it, whole: a link to a file that is written already. */
  private static String make(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh =
        Files.createTempFile(
            file.getParent(),
            file.getFileName() + ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    try {
      Files.writeString(fresh, random() + "\n");
      link(fresh, file);
      return read(file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void link(Path fresh, Path file) throws IOException {
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // another process was first: its password is the store's
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(fresh, file); // a file system without links
    }
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new String(
        Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
  }

  private static Path fileBeside(Path databaseFile) {
    return databaseFile.resolveSibling(databaseFile.getFileName() + ".password");
  }
}
