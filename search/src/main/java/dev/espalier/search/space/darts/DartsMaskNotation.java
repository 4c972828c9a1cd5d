package dev.espalier.search.space.darts;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The notation {@code normal=fe. ... ;reduce= ...} of a supernet's state. */
final class DartsMaskNotation {
  private static final HexFormat HEXADECIMAL = HexFormat.of();
  private static final int DIGITS = 2;

  private DartsMaskNotation() {}

  static String write(DartsMask mask) {
    return CellType.ALL.stream()
        .map(type -> type.label() + "=" + write(mask, type))
        .collect(Collectors.joining(";"));
  }

  private static String write(DartsMask mask, CellType type) {
    return DartsEdge.ALL.stream()
        .map(edge -> HEXADECIMAL.toHexDigits((byte) bits(mask.on(type, edge))))
        .collect(Collectors.joining("."));
  }

  private static int bits(List<DartsOperator> operators) {
    return operators.stream().mapToInt(operator -> 1 << operator.index()).sum();
  }

  static DartsMask read(String text) {
    String stripped = text.strip();
    int position = 0;
    List<Set<DartsOperator>> active = new ArrayList<>(DartsMask.EDGES);
    for (CellType type : CellType.ALL) {
      position = expect(stripped, position, (type.index() == 0 ? "" : ";") + type.label() + "=");
      for (DartsEdge edge : DartsEdge.ALL) {
        position = edge.index() == 0 ? position : expect(stripped, position, ".");
        active.add(operators(stripped, position));
        position += DIGITS;
      }
    }
    if (position != stripped.length()) {
      throw mistake(stripped, position, "the end");
    }
    return new DartsMask(active);
  }

  private static Set<DartsOperator> operators(String text, int position) {
    if (text.length() < position + DIGITS
        || !HexFormat.isHexDigit(text.charAt(position))
        || !HexFormat.isHexDigit(text.charAt(position + 1))) {
      throw mistake(text, position, "two hexadecimal digits, the operators of an edge");
    }
    int bits = HexFormat.fromHexDigits(text, position, position + DIGITS);
    Set<DartsOperator> operators = EnumSet.noneOf(DartsOperator.class);
    for (DartsOperator operator : DartsOperator.ALL) {
      if ((bits >>> operator.index() & 1) == 1) {
        operators.add(operator);
      }
    }
    return operators;
  }

  private static int expect(String text, int position, String token) {
    if (!text.startsWith(token, position)) {
      throw mistake(text, position, "\"" + token + "\"");
    }
    return position + token.length();
  }

  private static InvalidInput mistake(String text, int position, String expected) {
    String found =
        position < text.length()
            ? "\"" + text.substring(position, Math.min(position + 12, text.length())) + "\""
            : "the end";
    return new InvalidInput(
        "not the state of a DARTS supernet: at position %d expected %s, but found %s in \"%s\""
            .formatted(position + 1, expected, found, text));
  }
}
