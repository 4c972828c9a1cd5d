package dev.espalier.search.space.nasbench201;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The notation {@code |a~0|+|b~0|c~1|+|d~0|e~1|f~2|}: what stands on each edge, node by node. */
final class CellNotation {
  static final String EXAMPLE =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|";

  private final String text;
  private int position;

  private CellNotation(String text) {
    this.text = text;
  }

  static String write(IntFunction<String> onEdge) {
    StringBuilder out = new StringBuilder(100);
    for (int target = 1; target < Edge.NODES; target++) {
      out.append(target == 1 ? "|" : "+|");
      for (Edge edge : Edge.into(target)) {
        out.append(onEdge.apply(edge.index())).append('~').append(edge.source()).append('|');
      }
    }
    return out.toString();
  }

  /** The text on each edge, in the edges' order; whitespace around the whole is allowed. */
  static List<Item> read(String text) {
    return new CellNotation(text.strip()).items();
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>(Edge.ALL.size());
    for (int target = 1; target < Edge.NODES; target++) {
      expect(target == 1 ? "|" : "+|");
      for (Edge edge : Edge.into(target)) {
        int start = position;
        int end = text.indexOf('~', position);
        if (end < 0) {
          throw mistake("an operator and \"~%d|\"".formatted(edge.source()));
        }
        position = end;
        expect("~" + edge.source() + "|");
        items.add(new Item(text.substring(start, end), start + 1));
      }
    }
    if (position != text.length()) {
      throw mistake("the end");
    }
    return items;
  }

  private void expect(String token) {
    if (!text.startsWith(token, position)) {
      throw mistake("\"" + token + "\"");
    }
    position += token.length();
  }

  private InvalidInput mistake(String expected) {
    String found =
        position < text.length()
            ? "\"" + text.substring(position, Math.min(position + 12, text.length())) + "\""
            : "the end";
    return new InvalidInput(
        "not a NAS-Bench-201 cell: at position %d expected %s, but found %s in \"%s\". A cell looks like %s"
            .formatted(position + 1, expected, found, text, EXAMPLE));
  }

  /** What stands on an edge, and where in the text (from 1). */
  record Item(String text, int position) {
    Operator operator() {
      try {
        return Operator.parse(text);
      } catch (InvalidInput e) {
        throw new InvalidInput("at position %d: %s".formatted(position, e.getMessage()), e);
      }
    }
  }
}
