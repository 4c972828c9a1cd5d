package dev.espalier.cli.command;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Architectures from a file: one canonical string a line; empty lines and {@code #} comments pass.
 */
final class ArchitectureList {

  private static final int MOST_PROBLEMS = 10;

  private ArchitectureList() {}

  /**
   * Reads a file.
   *
   * @param file a path, or {@code -} for {@code standardInput}
   */
  static List<Architecture> read(SearchSpace space, String file, InputStream standardInput) {
    return file.equals("-")
        ? parse(space, "standard input", text(file, standardInput))
        : parse(space, file, text(file, standardInput));
  }

  private static String text(String file, InputStream standardInput) {
    return file.equals("-")
        ? Input.of("standard input", standardInput).text()
        : Input.of(file, Path.of(file)).text();
  }

  /** All lines that are wrong are named at once, by their number. */
  static List<Architecture> parse(SearchSpace space, String name, String text) {
    List<Architecture> architectures = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      try {
        architectures.add(space.parse(content));
      } catch (InvalidInput mistake) {
        problems.add("%s, line %d: %s".formatted(name, number, mistake.getMessage()));
      }
    }
    if (problems.size() > MOST_PROBLEMS) {
      int more = problems.size() - MOST_PROBLEMS;
      problems.subList(MOST_PROBLEMS, problems.size()).clear();
      problems.add("... and %d more lines of %s".formatted(more, name));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    if (architectures.isEmpty()) {
      throw new InvalidInput(
          "%s holds no architecture: give one canonical string a line".formatted(name));
    }
    return architectures;
  }
}
