package dev.espalier.cli.command;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.method.Methods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code run} is to run: the name of a method, or a file. */
final class Subject {

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private Subject() {}

  /** Whether this is written like a file, whether or not there is one. */
  static boolean namesFile(String text) {
    return ENDINGS.stream().anyMatch(text::endsWith) || text.contains("/");
  }

  /** The specification as text; a method's name alone is one too. */
  static String text(String subject) {
    Path file = Path.of(subject);
    if (!namesFile(subject) && (Methods.names().contains(subject) || !Files.isRegularFile(file))) {
      return "method: \"%s\"\n".formatted(subject.replace("\\", "\\\\").replace("\"", "\\\""));
    }
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput(
          "there is no file %s. Give a specification, or a method: %s"
              .formatted(subject, String.join(", ", Methods.names())));
    }
    return Input.of(subject, file).text();
  }
}
