package dev.espalier.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings; columns as wide as they need to be, two spaces apart. */
public final class TextTable {

  private final List<String> headings;
  private final List<Boolean> numeric;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<String> headings, List<Boolean> numeric) {
    this.headings = headings;
    this.numeric = numeric;
  }

  /** A heading that ends in {@code >} makes a column of numbers, set to the right. */
  public static TextTable of(String... headings) {
    List<String> names = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (String heading : headings) {
      numeric.add(heading.endsWith(">"));
      names.add(heading.endsWith(">") ? heading.substring(0, heading.length() - 1) : heading);
    }
    return new TextTable(names, numeric);
  }

  public TextTable row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "%d cells under %d headings".formatted(cells.length, headings.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The heading and the rows, each indented. */
  public List<String> lines(Style style, int indent) {
    List<String> lines = new ArrayList<>();
    lines.add(style.quiet(line(headings, indent)));
    rows.forEach(row -> lines.add(line(row, indent)));
    return lines;
  }

  private String line(List<String> cells, int indent) {
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    for (int i = 0; i < cells.size(); i++) {
      int width = width(i);
      boolean last = i == cells.size() - 1;
      if (numeric.get(i)) {
        line.append(Columns.right(cells.get(i), width));
      } else {
        line.append(last ? cells.get(i) : Columns.left(cells.get(i), width));
      }
      if (!last) {
        line.append("  ");
      }
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int width = Columns.width(headings.get(column));
    for (List<String> row : rows) {
      width = Math.max(width, Columns.width(row.get(column)));
    }
    return width;
  }
}
