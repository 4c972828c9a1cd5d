package dev.espalier.activities.evaluation.program;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a program wrote besides its metrics, the newest of it where it is much. Many threads. */
final class ProgramLog {
  private static final int MOST = 1 << 20;
  private static final int TAIL_LINES = 12;

  private final StringBuilder all = new StringBuilder();
  private final StringBuilder errors = new StringBuilder();

  /** A line of its standard error. */
  synchronized void error(String line) {
    add(all, line);
    add(errors, line);
  }

  /** A line of its standard output that is no metric. */
  synchronized void output(String line) {
    add(all, line);
  }

  private static void add(StringBuilder text, String line) {
    text.append(line).append('\n');
    if (text.length() > MOST) {
      text.delete(0, text.length() - MOST / 2);
      text.insert(0, "... what came before is left out\n");
    }
  }

  synchronized byte[] bytes() {
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The last lines of its standard error, else of all; empty where it wrote nothing. */
  synchronized String tail() {
    List<String> lines =
        (errors.isEmpty() ? all : errors).toString().lines().filter(l -> !l.isBlank()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
