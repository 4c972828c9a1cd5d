package dev.espalier.search.drawing;

import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.OperatorMask;

/** Pictures of NAS-Bench-201 cells. */
public final class CellDrawing {
  private CellDrawing() {}

  /** For a page: transparent ground, readable on light and dark. */
  public static String svg(Cell cell) {
    return SvgDrawing.cell(cell);
  }

  /** For Graphviz. */
  public static String dot(Cell cell) {
    return DotDrawing.of(cell);
  }

  /** For a terminal: six lines of at most 76 columns, box-drawing characters. */
  public static String text(Cell cell) {
    return TextDrawing.of(cell);
  }

  /**
   * A supernet being pruned: each active operator a coloured strand, each removed one a dotted
   * trace.
   */
  public static String supernetSvg(OperatorMask mask) {
    return SvgDrawing.supernet(mask);
  }
}
