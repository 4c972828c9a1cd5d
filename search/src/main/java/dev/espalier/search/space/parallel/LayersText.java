package dev.espalier.search.space.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Layers in box-drawing characters, five of them side by side; {@code ⊕} is a sum:
 *
 * <pre>
 *           1            2            3
 *  in ┬─ skip ─┬─⊕─── sep3 ───⊕─┬─ sep5 ─┬─⊕─ out
 *     ├─ sep3 ─┤                ╰─ dil5 ─╯
 *     ╰─ dil5 ─╯
 * </pre>
 */
final class LayersText {
  private static final int SIDE_BY_SIDE = 5;
  private static final int LABEL = 4;
  private static final String BEFORE = "    ";

  private final StringBuilder page = new StringBuilder();
  private final List<Set<Operation>> layers;

  private LayersText(ParallelArchitecture architecture) {
    layers = architecture.layers();
  }

  static String of(ParallelArchitecture architecture) {
    LayersText drawing = new LayersText(architecture);
    for (int from = 0; from < drawing.layers.size(); from += SIDE_BY_SIDE) {
      drawing.band(from, Math.min(drawing.layers.size(), from + SIDE_BY_SIDE));
    }
    return drawing.page.toString();
  }

  private void band(int from, int to) {
    StringBuilder numbers = new StringBuilder(BEFORE);
    for (int layer = from; layer < to; layer++) {
      numbers.append("%7d      ".formatted(layer + 1));
    }
    line(numbers.toString());
    int rows = layers.subList(from, to).stream().mapToInt(Set::size).max().orElse(1);
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder(row > 0 ? BEFORE : from == 0 ? " in " : "  ⊕─");
      for (int layer = from; layer < to; layer++) {
        line.append(part(new ArrayList<>(layers.get(layer)), row));
        line.append(row > 0 ? "   " : "─⊕─");
      }
      if (row == 0) {
        line.append(to == layers.size() ? " out" : " …");
      }
      line(line.toString());
    }
  }

  /** One operation between the strands that lead to it and from it. */
  private static String part(List<Operation> operations, int row) {
    if (row >= operations.size()) {
      return " ".repeat(LABEL + 6);
    }
    boolean only = operations.size() == 1;
    boolean last = row == operations.size() - 1;
    String label = operations.get(row).label();
    String middle = "─ " + label + " " + "─".repeat(1 + LABEL - label.length());
    if (row == 0) {
      return only ? "─" + middle + "─" : "┬" + middle + "┬";
    }
    return last ? "╰" + middle + "╯" : "├" + middle + "┤";
  }

  private void line(String line) {
    page.append(line.stripTrailing()).append('\n');
  }
}
