package dev.espalier.search.space.nasbench101;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A cell in box-drawing characters, at most 76 columns wide: each vertex in a line and a column of
 * its own. What it gives runs down from it to those that read it, {@code ●}; lines only cross at
 * {@code ┼}.
 *
 * <pre>
 *  input
 *    ●────▶ conv 3×3
 *    │         │
 *    ●─────────●────▶ max pool 3×3
 *              │         │
 *              ●─────────●────▶ output
 * </pre>
 */
final class GraphCellText {
  private static final int STEP = 10;
  private static final int FIRST = 3;
  private static final int WIDTH = 76;

  private final GraphCell cell;
  private final char[][] page;

  private GraphCellText(GraphCell cell) {
    this.cell = cell;
    page = new char[2 * cell.vertices() - 1][WIDTH];
    for (char[] row : page) {
      Arrays.fill(row, ' ');
    }
  }

  static String of(GraphCell cell) {
    GraphCellText drawing = new GraphCellText(cell);
    for (int vertex = 0; vertex < cell.vertices(); vertex++) {
      drawing.down(vertex);
    }
    for (int vertex = 0; vertex < cell.vertices(); vertex++) {
      drawing.across(vertex);
    }
    return Arrays.stream(drawing.page)
        .map(row -> new String(row).stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** From a vertex to the last that reads it. */
  private void down(int source) {
    int last = cell.output();
    while (last > source && !cell.hasEdge(source, last)) {
      last--;
    }
    for (int row = 2 * source + 1; row < 2 * last; row++) {
      page[row][column(source)] = '│';
    }
  }

  /** From the first that it reads to a vertex, and its title. */
  private void across(int target) {
    char[] row = page[2 * target];
    String title = VertexStyle.title(cell, target);
    int left = target == 0 ? 1 : column(target) - 2;
    for (int i = 0; i < title.length(); i++) {
      row[left + i] = title.charAt(i);
    }
    if (target > 0) {
      int first = cell.sources(target).getFirst();
      for (int at = column(first); at < left - 2; at++) {
        row[at] = row[at] == '│' ? '┼' : '─';
      }
      row[left - 2] = '▶';
      for (int source : cell.sources(target)) {
        row[column(source)] = '●';
      }
    }
  }

  private static int column(int vertex) {
    return FIRST + STEP * vertex;
  }
}
