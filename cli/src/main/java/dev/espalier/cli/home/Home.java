package dev.espalier.cli.home;

import dev.espalier.search.failure.FileTrouble;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that holds all that one installation keeps. Two homes share nothing. */
public record Home(Path root) {
  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** The home named by {@code --home}, else by {@code ESPALIER_HOME}, else {@code ~/.espalier}. */
  public static Home of(@Nullable Path option) {
    return of(option, System.getenv(), System.getProperty("user.home", ""));
  }

  /**
   * @param userHome what Java takes for the user's folder, where {@code HOME} is not set: by the
   *     list of users, in which not every user of a container stands
   */
  static Home of(@Nullable Path option, Map<String, String> environment, String userHome) {
    if (option != null) {
      return new Home(plain("--home", option.toString()));
    }
    String named = environment.getOrDefault("ESPALIER_HOME", "");
    if (!named.isEmpty()) {
      return new Home(plain("ESPALIER_HOME", named));
    }
    String user = environment.getOrDefault("HOME", "");
    if (user.isBlank()) {
      user = userHome;
    }
    if (!user.startsWith("/")) {
      throw new InvalidInput(
          "this user has no home folder%s: name one for Espalier with --home DIR or ESPALIER_HOME"
              .formatted(user.isBlank() || user.equals("?") ? "" : " (HOME is " + user + ")"));
    }
    return new Home(Path.of(user, ".espalier"));
  }

  /** As it was typed, unless that is nothing, or what a shell should have replaced. */
  private static Path plain(String where, String typed) {
    if (typed.isBlank()) {
      throw new InvalidInput(
          "%s is empty: give a folder, or leave it out for ~/.espalier".formatted(where));
    }
    if (typed.startsWith("~") || typed.startsWith("$") || typed.startsWith("%")) {
      String rest = typed.contains("/") ? typed.substring(typed.indexOf('/')) : "";
      throw new InvalidInput(
          ("%s is %s, which no shell has replaced (quotes and files of settings prevent it): "
                  + "write the path in full, such as %s. A folder that is really called so is ./%s")
              .formatted(where, typed, System.getProperty("user.home", "/home/you") + rest, typed));
    }
    return Path.of(typed);
  }

  /** Makes the folders, for the owner's eyes only; says plainly why where it cannot. */
  public Home prepare() {
    try {
      boolean isNew = !Files.exists(run()) && !Files.exists(storeFile());
      if (!Files.isDirectory(root)) {
        Files.createDirectories(root);
      }
      keepToItsOwner();
      for (Path folder :
          List.of(
              run(),
              storeFile().getParent(),
              temporalDatabase().getParent(),
              bin(),
              engine(),
              logs(),
              reports(),
              cache(),
              metrics())) {
        Files.createDirectories(folder);
      }
      Path probe = Files.createTempFile(run(), "probe", null);
      try {
        Files.write(probe, new byte[4096]);
      } finally {
        Files.deleteIfExists(probe);
      }
      if (isNew && !isTheUsual()) {
        System.err.printf("%s is a new home: it holds no experiments and no data yet.%n", root);
      }
      return this;
    } catch (AccessDeniedException e) {
      throw new InvalidInput(
          "the home %s is not writable (%s): make it yours, or choose another with --home or ESPALIER_HOME"
              .formatted(root, e.getFile()),
          e);
    } catch (IOException e) {
      throw new InvalidInput(
          "the home %s cannot be written: %s%s"
              .formatted(
                  root,
                  FileTrouble.inWords(e),
                  FileTrouble.isFull(e) ? room() : ". Or choose another home with --home"),
          e);
    }
  }

  /**
   * Closes the folder for others, if it is a home, or empty, and ours. A folder that is something
   * else too, such as a project's, is left as it is.
   */
  private void keepToItsOwner() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      if (Files.isDirectory(run()) || entries.findAny().isEmpty()) {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (FileSystemException notOurs) {
      // Somebody else's folder in which we may write: he says who sees it.
    }
  }

  /** Whether it is where nobody has named one, and so cannot be misspelt. */
  private boolean isTheUsual() {
    return root.endsWith(".espalier");
  }

  private String room() {
    try {
      Path existing = root;
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      return existing == null
          ? ""
          : " (%,d MB are free). Or choose another home with --home"
              .formatted(Files.getFileStore(existing).getUsableSpace() >> 20);
    } catch (IOException e) {
      return "";
    }
  }

  /** The folder itself, behind links; as it was named where it cannot be resolved. */
  Path realRoot() {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      return root;
    }
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path processesFile() {
    return run().resolve("processes.json");
  }

  public Path portsFile() {
    return run().resolve("ports.json");
  }

  /** Which servers elsewhere it belongs to. */
  public Path serversFile() {
    return root.resolve("servers.json");
  }

  public Path lockFile() {
    return run().resolve("lock");
  }

  public Path storeFile() {
    return root.resolve("store").resolve("espalier.h2");
  }

  public Path temporalDatabase() {
    return root.resolve("temporal").resolve("temporal.db");
  }

  /** Server binaries that the installation brought itself. */
  public Path bin() {
    return root.resolve("bin");
  }

  /** The engine's unpacked natives (DJL_CACHE_DIR). */
  public Path engine() {
    return root.resolve("engine");
  }

  public Path logs() {
    return root.resolve("log");
  }

  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  public Path reports() {
    return root.resolve("reports");
  }

  public Path report(String experiment) {
    return reports().resolve(experiment + ".html");
  }

  public Path cache() {
    return root.resolve("cache");
  }

  /** Prometheus file_sd targets, one file a process. */
  public Path metrics() {
    return root.resolve("metrics");
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
