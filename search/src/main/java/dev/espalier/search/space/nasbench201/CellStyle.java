package dev.espalier.search.space.nasbench201;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Palette;

/** How the operators and nodes of a cell look. */
final class CellStyle {
  private CellStyle() {}

  static OperatorStyle of(Operator operator) {
    return switch (operator) {
      case NONE -> Palette.NONE;
      case SKIP_CONNECT -> Palette.SKIP;
      case NOR_CONV_1X1 -> Palette.CONVOLUTION_1;
      case NOR_CONV_3X3 -> Palette.CONVOLUTION_3;
      case AVG_POOL_3X3 -> Palette.AVERAGE_POOL_3;
    };
  }

  static String nodeTitle(int node) {
    return switch (node) {
      case 0 -> "input";
      case 3 -> "output";
      default -> Integer.toString(node);
    };
  }
}
