package dev.espalier.cli.command;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Input;
import dev.espalier.search.python.PythonReader;
import dev.espalier.search.python.PythonValue;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Architectures from a file: one a line, or over several lines until all brackets are closed; a
 * list of them; a program's file of genotypes; a column of a table; a field of lines of JSON. Empty
 * lines and {@code #} comments pass.
 */
final class ArchitectureList {

  private static final int MOST_PROBLEMS = 10;

  /** What a column of architectures, or a field of a line of JSON, is called. */
  private static final List<String> NAMES =
      List.of("architecture", "arch", "arch_str", "architecture_str", "genotype", "cell", "hash");

  /** What files of genotypes hold besides, and the heading of a column. */
  private static final Pattern NO_ARCHITECTURE =
      Pattern.compile(
          "(?:import|from)\\s.*|\\w+\\s*=\\s*(?:\\w+\\.)?namedtuple\\s*\\(.*"
              + "|\\w*(?:PRIMITIVES|OPS)\\w*\\s*=\\s*[\\[(].*"
              + "|[A-Za-z_]\\w*\\s*=\\s*[A-Za-z_]\\w*|\"?(?:arch|architecture|genotype|cell)s?\"?",
          Pattern.DOTALL);

  /** Two names at least, one of them of architectures, and nothing that an architecture has. */
  private static final Pattern HEADING =
      Pattern.compile(
          "(?i)(?:[\\w \"'.%/#()-]*[,;\\t])*\\s*"
              + "\"?(?:architecture|arch|arch_str|architecture_str|genotype|cell|hash)\"?"
              + "\\s*(?:[,;\\t][\\w \"'.%/#()-]*)*");

  private ArchitectureList() {}

  /** What was read, and the lines of it that are known to hold no architecture. */
  record Listed(List<Architecture> architectures, List<Integer> leftOut) {
    /** What a person should know of the lines that were left out. */
    @Nullable String remark() {
      return leftOut.isEmpty()
          ? null
          : "%d architecture%s; left out, as no architecture: line%s %s"
              .formatted(
                  architectures.size(),
                  architectures.size() == 1 ? "" : "s",
                  leftOut.size() == 1 ? "" : "s",
                  leftOut.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  /**
   * Reads a file.
   *
   * @param file a path, or {@code -} for {@code standardInput}
   */
  static Listed read(SearchSpace space, String file, InputStream standardInput) {
    return listed(space, file.equals("-") ? "standard input" : file, text(file, standardInput));
  }

  /** The architectures of a table's column, by their rows; empty if it is no such table. */
  private static Optional<List<Statements.Statement>> column(String name, String text) {
    if (text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().stream()
        .noneMatch(first -> HEADING.matcher(first).matches())) {
      return Optional.empty();
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Delimited table = Delimited.read(Input.of(name, bytes), NAMES);
    Optional<String> column = table.column(NAMES.toArray(String[]::new));
    if (column.isEmpty() || table.columns().size() < 2) {
      return Optional.empty();
    }
    List<Statements.Statement> rows = new ArrayList<>();
    table.forEach(row -> {
      table.checkWidth(row);
      rows.add(new Statements.Statement(row.number(), row.get(column.get())));
    });
    return Optional.of(rows);
  }

  private static String text(String file, InputStream standardInput) {
    return file.equals("-")
        ? Input.of("standard input", standardInput).text()
        : Input.of(file, Path.of(file)).text();
  }

  static List<Architecture> parse(SearchSpace space, String name, String text) {
    return listed(space, name, text).architectures();
  }

  /** All lines that are wrong are named at once, by their number. */
  static Listed listed(SearchSpace space, String name, String text) {
    List<Architecture> architectures = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<Integer> leftOut = new ArrayList<>();
    for (Statements.Statement statement : column(name, text).orElseGet(() -> Statements.of(text))) {
      if (NO_ARCHITECTURE.matcher(statement.text()).matches()) {
        leftOut.add(statement.line());
        continue;
      }
      try {
        architectures.addAll(architectures(space, statement.text()));
      } catch (InvalidInput mistake) {
        problems.add("%s, line %d: %s".formatted(name, statement.line(), mistake.getMessage()));
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
    return new Listed(List.copyOf(architectures), List.copyOf(leftOut));
  }

  /** The architecture of a statement, or those of a list of them. */
  private static List<Architecture> architectures(SearchSpace space, String text) {
    try {
      return List.of(space.parse(text));
    } catch (InvalidInput mistake) {
      List<String> parts = parts(text);
      if (parts.isEmpty()) {
        throw mistake;
      }
      return parts.stream().flatMap(part -> architectures(space, part).stream()).toList();
    }
  }

  /** The parts of a list, or the architecture in a dictionary; none if it is neither. */
  private static List<String> parts(String text) {
    if (text.startsWith("{")) {
      return field(text).map(List::of).orElse(List.of());
    }
    int start = text.startsWith("[") || text.startsWith("(") ? 0 : text.indexOf("= [") + 2;
    if (start == 1) {
      return List.of();
    }
    try {
      List<String> parts = new ArrayList<>();
      for (PythonValue value : PythonReader.read(text, start).value().asItems().orElse(List.of())) {
        switch (value) {
          case PythonValue.Text string -> parts.add(string.text());
          case PythonValue.Call call -> parts.add(part(text, call));
          case PythonValue.Items items -> parts.add(part(text, items));
          case PythonValue.Fields fields -> parts.add(part(text, fields));
          case PythonValue.Numeral _, PythonValue.Word _ -> {
            return List.of();
          }
        }
      }
      return parts;
    } catch (InvalidInput notAList) {
      return List.of();
    }
  }

  /** The text of the field that is called as architectures are. */
  private static Optional<String> field(String text) {
    try {
      return PythonReader.read(text, 0).value() instanceof PythonValue.Fields fields
          ? NAMES.stream()
              .flatMap(name -> Stream.ofNullable(fields.values().get(name)))
              .map(value ->
                  value instanceof PythonValue.Text string ? string.text() : part(text, value))
              .findFirst()
          : Optional.empty();
    } catch (InvalidInput notADictionary) {
      return Optional.empty();
    }
  }

  private static String part(String text, PythonValue value) {
    int from = value.position() - 1;
    return text.substring(from, PythonReader.read(text, from).end());
  }
}
