package dev.espalier.search.space;

import java.util.regex.Pattern;

/** What stands around an architecture where it was copied from: a name, quotes, a comma. */
public final class Surroundings {
  private static final Pattern BEHIND =
      Pattern.compile(
          "(?:[\\s\\p{Z}\"'`,;)\\]}]|\\\\[nr])*+(?:#[^\\n]*)?\\s*",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NAME =
      Pattern.compile("\\A[A-Za-z_][\\w.]*\\s*(?:=|:(?!:))\\s*(?=\\S)");
  private static final String QUOTES = "\"'`";

  private Surroundings() {}

  /** Whether nothing of meaning stands behind an architecture: closing signs, a comment. */
  public static boolean endsAt(String text, int end) {
    return BEHIND.matcher(text.substring(end)).matches();
  }

  /** Without the name that it is assigned to, quotes around all of it, and a comma at its end. */
  public static String removed(String text) {
    String left = text.replace("\uFEFF", "").strip();
    left = NAME.matcher(left).replaceFirst("");
    String before;
    do {
      before = left;
      left = withoutEnd(left).strip();
      if (left.length() > 1
          && QUOTES.indexOf(left.charAt(0)) >= 0
          && left.charAt(0) == left.charAt(left.length() - 1)) {
        left = left.substring(1, left.length() - 1).strip();
      }
    } while (!left.equals(before));
    return left;
  }

  private static String withoutEnd(String text) {
    boolean ends = text.endsWith(",") || text.endsWith(";");
    return ends ? text.substring(0, text.length() - 1) : text;
  }
}
