package dev.espalier.cli.home;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that holds all that one installation keeps. Two homes share nothing. */
public record Home(Path root) {
  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** The home named by {@code --home}, else by {@code ESPALIER_HOME}, else {@code ~/.espalier}. */
  public static Home of(@Nullable Path option) {
    if (option != null) {
      return new Home(option);
    }
    String named = System.getenv("ESPALIER_HOME");
    if (named != null && !named.isBlank()) {
      return new Home(Path.of(named));
    }
    return new Home(Path.of(System.getProperty("user.home"), ".espalier"));
  }

  /** Makes the folders, for the owner's eyes only; says plainly why where it cannot. */
  public Home prepare() {
    try {
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
      return this;
    } catch (AccessDeniedException e) {
      throw new InvalidInput(
          "the home %s is not writable (%s): make it yours, or choose another with --home or ESPALIER_HOME"
              .formatted(root, e.getFile()),
          e);
    } catch (IOException e) {
      throw new InvalidInput(
          "the home %s cannot be written: %s%s".formatted(root, reason(e), room()), e);
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

  private static String reason(IOException problem) {
    return problem instanceof FileSystemException file && file.getReason() != null
        ? file.getReason() + " (" + file.getFile() + ")"
        : String.valueOf(problem.getMessage());
  }

  private String room() {
    try {
      Path existing = root;
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      return existing == null
          ? ""
          : "; %,d MB are free there: make room, or choose another home with --home"
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
