package dev.espalier.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text measured in columns of a terminal: escape sequences take none, every character of ours one.
 */
public final class Columns {

  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  private Columns() {}

  public static int width(String text) {
    String bare = text.indexOf('\u001b') < 0 ? text : ESCAPES.matcher(text).replaceAll("");
    return bare.codePointCount(0, bare.length());
  }

  /** A text in lines of at most so many columns, broken between words. */
  public static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /** One text at the left end of a line and one at its right end, at least two spaces apart. */
  static String ends(String left, String right, int width) {
    int gap = Math.max(2, width - width(left) - width(right));
    return left + " ".repeat(gap) + right;
  }

  /** Cuts unstyled text that is too wide; the cut is marked. */
  static String fit(String text, int width) {
    if (text.codePointCount(0, text.length()) <= width) {
      return text;
    }
    return width < 2 ? "…" : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }
}
