package dev.espalier.search.space.nasbench101;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Palette;

/** How the vertices of a cell look. */
final class VertexStyle {
  private VertexStyle() {}

  static OperatorStyle of(VertexOperation operation) {
    return switch (operation) {
      case CONV_3X3 -> Palette.CONVOLUTION_3;
      case CONV_1X1 -> Palette.CONVOLUTION_1;
      case MAX_POOL_3X3 -> Palette.MAX_POOL_3;
    };
  }

  static String title(GraphCell cell, int vertex) {
    if (vertex == 0) {
      return "input";
    }
    return vertex == cell.output() ? "output" : of(cell.operation(vertex)).title();
  }
}
