package dev.espalier.cli.view;

/**
 * Text of others that is shown on a terminal: nothing in it may move the cursor, change colours or
 * turn the direction of what stands beside it.
 */
final class Plain {
  private static final char INSTEAD = '\ufffd';

  private Plain() {}

  /** The text on one line. */
  static String line(String text) {
    boolean clean = text.codePoints().noneMatch(Plain::isUnseen);
    if (clean) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(sign -> {
          if (sign == '\n' || sign == '\t') {
            plain.append(' ');
          } else if (isUnseen(sign)) {
            plain.append(INSTEAD);
          } else {
            plain.appendCodePoint(sign);
          }
        });
    return plain.toString();
  }

  private static boolean isUnseen(int sign) {
    return switch (Character.getType(sign)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
