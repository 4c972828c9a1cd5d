package dev.espalier.store.program;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.store.ArtifactHeader;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes a program at its launch: what its folder holds becomes an artifact, whose SHA-256 stands in
 * the specification from then on, so that every worker runs the same, however the folder changes.
 */
public final class OwnPrograms {
  private static final String KIND = "program";
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_FILES = 2000;
  private static final Set<String> NOT_CODE = Set.of("__pycache__", "node_modules", "venv");

  private OwnPrograms() {}

  /**
   * The program as it is run.
   *
   * @throws InvalidInput if it is not here, in words
   */
  public static OwnProgram taken(Store store, OwnProgram asked) {
    if (store
        .artifacts()
        .header(asked.program())
        .map(ArtifactHeader::kind)
        .filter(KIND::equals)
        .isPresent()) {
      return asked; // taken before
    }
    List<String> command = new ArrayList<>(asked.command());
    Optional<Path> folder = folder(asked, command);
    Set<String> names = Set.of();
    String digest = "";
    if (folder.isPresent()) {
      try {
        byte[] archive = archive(folder.get(), asked.files());
        names = FolderArchive.names(archive);
        digest = store.artifacts().put(archive, KIND, Map.of("folder", folder.get().toString()));
      } catch (IOException e) {
        throw new InvalidInput(
            "evaluation.program: %s cannot be read (%s)".formatted(folder.get(), e), e);
      }
    }
    requireThere(command, names, asked);
    return new OwnProgram(
        command,
        digest,
        asked.files(),
        asked.environment(),
        Interpreter.version(command.getFirst(), ProgramEnvironment.of(asked)).orElse(""),
        asked.metrics(),
        asked.timeoutMinutes(),
        asked.memoryMegabytes());
  }

  /**
   * The one that is named, or that of the first script which the command names by its whole path.
   */
  private static Optional<Path> folder(OwnProgram asked, List<String> command) {
    if (!asked.program().isEmpty()) {
      Path folder = Path.of(asked.program());
      if (!folder.isAbsolute()) {
        throw new InvalidInput(
            "evaluation.program: give the whole path of the folder, not %s"
                .formatted(asked.program()));
      }
      if (!Files.isDirectory(folder)) {
        throw new InvalidInput(
            "evaluation.program: there is no folder %s: give the one that your script lies in"
                .formatted(folder));
      }
      return Optional.of(folder.normalize());
    }
    for (int i = 1; i < command.size(); i++) {
      if (command.get(i).startsWith("/")) {
        Path script = Path.of(command.get(i)).normalize();
        if (Files.isRegularFile(script)) {
          command.set(i, String.valueOf(script.getFileName()));
          return Optional.ofNullable(script.getParent());
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] archive(Path folder, List<String> patterns) throws IOException {
    List<PathMatcher> matchers =
        patterns.stream()
            .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
            .toList();
    SortedMap<String, Path> files = new TreeMap<>();
    for (Map.Entry<String, Path> file : code(folder).entrySet()) {
      Path name = Path.of(file.getKey());
      if (matchers.isEmpty()
          || matchers.stream()
              .anyMatch(each -> each.matches(name) || each.matches(name.getFileName()))) {
        files.put(file.getKey(), file.getValue());
      }
    }
    if (files.isEmpty()) {
      throw new InvalidInput(
          "evaluation.program: no file in %s%s"
              .formatted(
                  folder, patterns.isEmpty() ? "" : " is as evaluation.files says: " + patterns));
    }
    try {
      return FolderArchive.pack(files, MOST_BYTES);
    } catch (InvalidInput e) {
      throw tooMuch(folder, e.problems().getFirst());
    }
  }

  /** Hidden files and what interpreters make are none of it. */
  private static SortedMap<String, Path> code(Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    List<Path> open = new ArrayList<>(List.of(folder));
    while (!open.isEmpty()) {
      try (var entries = Files.newDirectoryStream(open.removeLast())) {
        for (Path each : entries) {
          String name = String.valueOf(each.getFileName());
          if (name.startsWith(".") || NOT_CODE.contains(name)) {
            continue;
          }
          if (Files.isRegularFile(each)) {
            files.put(folder.relativize(each).toString(), each);
          } else if (Files.isDirectory(each) && !Files.isSymbolicLink(each)) {
            open.add(each);
          }
          if (files.size() > MOST_FILES) {
            throw tooMuch(folder, "it has more than %,d files".formatted(MOST_FILES));
          }
        }
      }
    }
    return files;
  }

  private static InvalidInput tooMuch(Path folder, String why) {
    return new InvalidInput(
        ("evaluation.program: %s is too large for a program (%s): say which files belong to it, "
                + "such as evaluation.files=[\"*.py\"], or give it a folder of its own")
            .formatted(folder, why));
  }

  private static void requireThere(List<String> command, Set<String> names, OwnProgram asked) {
    String program = command.getFirst();
    boolean inFolder = !program.startsWith("/") && program.contains("/");
    if (inFolder) {
      String name = Path.of(program).normalize().toString();
      if (!names.contains(name)) {
        throw new InvalidInput(
            "evaluation.command: there is no %s in the program's folder: name a file of evaluation.program"
                .formatted(program));
      }
      return;
    }
    if (Interpreter.find(program, ProgramEnvironment.of(asked)).isEmpty()) {
      throw new InvalidInput(
          ("evaluation.command: there is no program %s on this machine: install it, give its whole path, "
                  + "or put a script into the folder of evaluation.program and name it as ./run.sh")
              .formatted(program));
    }
    if (program.matches("(.*/)?python[0-9.]*") && command.size() > 1) {
      String script = command.get(1);
      if (script.endsWith(".py")
          && !script.startsWith("/")
          && !names.contains(Path.of(script).normalize().toString())) {
        throw new InvalidInput(
            "evaluation.command: there is no %s in the program's folder: name the folder with evaluation.program"
                .formatted(script));
      }
    }
  }
}
