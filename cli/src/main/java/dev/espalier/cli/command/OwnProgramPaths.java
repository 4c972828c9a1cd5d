package dev.espalier.cli.command;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.specification.SpecificationReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a training program of one's own lies, by its whole path: the API, which takes it at the
 * launch, works in another folder than the person who names it.
 */
final class OwnProgramPaths {
  private static final String COMMAND = "evaluation.command";
  private static final String PROGRAM = "evaluation.program";

  private OwnProgramPaths() {}

  /**
   * Puts whole paths for those that are relative: to the file of the specification where they stand
   * in it, else to the working folder.
   *
   * @param runs the overrides, changeable
   */
  static void complete(Written written, List<Map<String, String>> runs) {
    runs.forEach(overrides ->
        SpecificationReader.programIn(written.text(), overrides)
            .ifPresent(program -> complete(written, overrides, program)));
  }

  private static void complete(Written written, Map<String, String> overrides, OwnProgram asked) {
    if (!asked.program().isEmpty()) {
      Path folder = beside(written, overrides.containsKey(PROGRAM)).resolve(asked.program());
      if (Files.isDirectory(folder)) { // else a digest, or a mistake that is told
        overrides.put(PROGRAM, folder.normalize().toString());
      }
      return;
    }
    Path base = beside(written, overrides.containsKey(COMMAND));
    List<String> command = new ArrayList<>(asked.command());
    String first = command.getFirst();
    Path program = base.resolve(first);
    if (first.contains("/") && !Path.of(first).isAbsolute() && Files.isRegularFile(program)) {
      command.set(0, "./" + program.getFileName());
      put(overrides, command);
      overrides.put(PROGRAM, String.valueOf(program.normalize().getParent()));
      return;
    }
    for (int i = 1; i < command.size(); i++) {
      Path script = base.resolve(command.get(i));
      if (Files.isRegularFile(script)) {
        command.set(i, script.normalize().toString());
        put(overrides, command);
        return;
      }
    }
  }

  private static void put(Map<String, String> overrides, List<String> command) {
    overrides.put(COMMAND, Json.write(command));
  }

  private static Path beside(Written written, boolean set) {
    Path file = Path.of(written.name()).toAbsolutePath();
    Path parent = file.getParent();
    return set || written.name().isEmpty() || parent == null
        ? Path.of("").toAbsolutePath()
        : parent;
  }
}
