package dev.espalier.search.space.nasbench201;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A cell in box-drawing characters, at most 76 columns wide:
 *
 * <pre>
 *    ╭────────────────────────────── skip ───────────────────────────────╮
 *    ├──────────────── conv 3×3 ─────────────────╮                       │
 *    │                                           ▼                       ▼
 *  input ─── conv 3×3 ───▶ 1 ──── conv 3×3 ────▶ 2 ─── conv 1×1 ────▶ output
 *                          │                                             ▲
 *                          ╰───────────────── conv 3×3 ──────────────────╯
 * </pre>
 */
final class CellText {
  private static final int WIDTH = 78;
  private static final int[] COLUMN = {3, 26, 48, 72};
  private static final int OUTER_ROW = 0;
  private static final int INNER_ROW = 1;
  private static final int NODE_ROW = 3;
  private static final int LOWER_ROW = 5;

  private final char[][] page = new char[LOWER_ROW + 1][WIDTH];
  private final Cell cell;

  private CellText(Cell cell) {
    this.cell = cell;
    for (char[] row : page) {
      Arrays.fill(row, ' ');
    }
  }

  static String of(Cell cell) {
    CellText drawing = new CellText(cell);
    drawing.upperArc(new Edge(3, 0), OUTER_ROW);
    drawing.upperArc(new Edge(2, 0), INNER_ROW);
    drawing.lowerArc(new Edge(3, 1));
    drawing.straight(new Edge(1, 0));
    drawing.straight(new Edge(2, 1));
    drawing.straight(new Edge(3, 2));
    for (int node = 0; node < Edge.NODES; node++) {
      drawing.centred(NODE_ROW, COLUMN[node], CellStyle.nodeTitle(node));
    }
    return Arrays.stream(drawing.page)
        .map(row -> new String(row).stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private void upperArc(Edge edge, int row) {
    int left = COLUMN[edge.source()];
    int right = COLUMN[edge.target()];
    horizontal(edge, row, left, right);
    put(row, left, row == OUTER_ROW ? '╭' : '├');
    put(row, right, '╮');
    vertical(edge, right, row + 1, NODE_ROW - 1);
    if (row == INNER_ROW) {
      put(NODE_ROW - 1, left, '│');
    }
    put(NODE_ROW - 1, right, head(edge, '▼', '╎'));
  }

  private void lowerArc(Edge edge) {
    int left = COLUMN[edge.source()];
    int right = COLUMN[edge.target()];
    horizontal(edge, LOWER_ROW, left, right);
    put(LOWER_ROW, left, '╰');
    put(LOWER_ROW, right, '╯');
    put(LOWER_ROW - 1, left, isNone(edge) ? '╎' : '│');
    put(LOWER_ROW - 1, right, head(edge, '▲', '╎'));
  }

  private void straight(Edge edge) {
    int left = COLUMN[edge.source()] + CellStyle.nodeTitle(edge.source()).length() / 2 + 2;
    int right = COLUMN[edge.target()] - CellStyle.nodeTitle(edge.target()).length() / 2 - 2;
    horizontal(edge, NODE_ROW, left, right);
    put(NODE_ROW, right, head(edge, '▶', '╌'));
  }

  private void horizontal(Edge edge, int row, int left, int right) {
    Arrays.fill(page[row], left, right + 1, isNone(edge) ? '╌' : '─');
    centred(row, (left + right) / 2, " " + CellStyle.of(operator(edge)).title() + " ");
  }

  private void vertical(Edge edge, int column, int top, int bottom) {
    for (int row = top; row <= bottom; row++) {
      put(row, column, isNone(edge) ? '╎' : '│');
    }
  }

  private char head(Edge edge, char arrow, char dashed) {
    return isNone(edge) ? dashed : arrow;
  }

  private boolean isNone(Edge edge) {
    return operator(edge) == Operator.NONE;
  }

  private Operator operator(Edge edge) {
    return cell.on(edge.index());
  }

  private void centred(int row, int column, String text) {
    int left = column - text.length() / 2;
    for (int i = 0; i < text.length(); i++) {
      put(row, left + i, text.charAt(i));
    }
  }

  private void put(int row, int column, char symbol) {
    page[row][column] = symbol;
  }
}
