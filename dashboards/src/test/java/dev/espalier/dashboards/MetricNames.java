package dev.espalier.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of metrics: those that exist, and those that an expression speaks of. */
final class MetricNames {
  private static final Pattern NO_NAMES =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*\\}|\\[[^]]*\\]|\\b(by|on|without|ignoring)\\s*\\([^)]*\\)");
  private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9_]*\\b(?!\\s*\\()");
  private static final Set<String> KEYWORDS =
      Set.of("or", "and", "unless", "by", "on", "offset", "bool", "without", "ignoring");

  private MetricNames() {}

  /** The metrics of this project's processes, as recorded from a live home. */
  static Set<String> known() {
    try (InputStream recorded =
        Objects.requireNonNull(MetricNames.class.getResourceAsStream("metric-names.txt"))) {
      return new String(recorded.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The metrics that a PromQL expression asks for. */
  static Set<String> in(String expression) {
    String bare = NO_NAMES.matcher(expression).replaceAll(" ");
    return NAME.matcher(bare)
        .results()
        .map(result -> result.group())
        .filter(name -> !KEYWORDS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
