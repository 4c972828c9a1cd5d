package dev.espalier.search.space;

import java.util.Map;
import java.util.regex.Pattern;

/** What stands around an architecture where it was copied from: a name, quotes, a comma. */
public final class Surroundings {
  private static final Pattern BEHIND =
      Pattern.compile(
          "(?:[\\s\\p{Z}\"'`,;)\\]}]|\\\\[nr])*+(?:(?:#|//)[^\\n]*)?\\s*",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NAME =
      Pattern.compile("\\A[A-Za-z_][\\w.]*\\s*(?:=|:(?!:))\\s*(?=\\S)");
  private static final String QUOTES = "\"'`";

  /** Before quotes: Python's strings of bytes, raw and of Unicode. */
  private static final Pattern PREFIX = Pattern.compile("\\A[bBuUrR]{1,2}(?=['\"])");

  /** What word processors, PDF files and keyboards of East Asia make of the signs of programs. */
  private static final Map<Character, Character> PLAIN =
      Map.ofEntries(
          Map.entry('\u2018', '\''),
          Map.entry('\u2019', '\''),
          Map.entry('\u201A', '\''),
          Map.entry('\u201B', '\''),
          Map.entry('\u2032', '\''),
          Map.entry('\u201C', '"'),
          Map.entry('\u201D', '"'),
          Map.entry('\u201E', '"'),
          Map.entry('\u2033', '"'),
          Map.entry('\u2010', '-'),
          Map.entry('\u2011', '-'),
          Map.entry('\u2012', '-'),
          Map.entry('\u2013', '-'),
          Map.entry('\u2014', '-'),
          Map.entry('\u2212', '-'),
          Map.entry('\u223C', '~'),
          Map.entry('\u02DC', '~'),
          Map.entry('\u2223', '|'),
          Map.entry('\u3000', ' '),
          Map.entry('\u200B', ' '),
          Map.entry('\u3001', ','));

  private static final char FIRST_WIDE = '\uFF01';
  private static final char LAST_WIDE = '\uFF5E';

  private Surroundings() {}

  /** With typographic and wide signs as programs write them; positions stay as they are. */
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      plain.append(
          sign >= FIRST_WIDE && sign <= LAST_WIDE
              ? (char) (sign - FIRST_WIDE + '!')
              : PLAIN.getOrDefault(sign, sign));
    }
    return plain.toString();
  }

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
      left = PREFIX.matcher(withoutEnd(left).strip()).replaceFirst("");
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
