package dev.espalier.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The statements of a text: a line, or several where brackets stay open. Empty lines and {@code #}
 * comments are none.
 */
final class Statements {
  /** Lines that begin something new, although a bracket before it was never closed. */
  private static final Pattern BEGINNING =
      Pattern.compile("^(?:\\w+\\s*=\\s*)?(?:Genotype\\s*\\(|\\|).*", Pattern.DOTALL);

  private final List<Statement> found = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private int began;
  private int depth;

  private Statements() {}

  /** A statement and the line that it begins in, from 1. */
  record Statement(int line, String text) {}

  static List<Statement> of(String text) {
    Statements statements = new Statements();
    int number = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      number++;
      statements.add(number, line);
    }
    statements.end();
    return statements.found;
  }

  private void add(int number, String line) {
    String content = line.strip();
    if (BEGINNING.matcher(content).matches()) {
      end();
    }
    if (open.isEmpty()) {
      if (content.isEmpty() || content.startsWith("#")) {
        return;
      }
      began = number;
    }
    open.append(line).append('\n');
    depth += opened(content);
    if (depth <= 0 && !content.endsWith("\\")) {
      end();
    }
  }

  private void end() {
    if (!open.isEmpty()) {
      found.add(new Statement(began, open.toString().strip()));
    }
    open.setLength(0);
    depth = 0;
  }

  /** Brackets that this line opens, less those that it closes; not those in quotes or comments. */
  private static int opened(String line) {
    int opened = 0;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char sign = line.charAt(i);
      if (quote != 0) {
        quote = sign == quote ? 0 : quote;
      } else if (sign == '#') {
        return opened;
      } else if (sign == '\'' || sign == '"') {
        quote = sign;
      } else if ("([{".indexOf(sign) >= 0) {
        opened++;
      } else if (")]}".indexOf(sign) >= 0) {
        opened--;
      }
    }
    return opened;
  }
}
