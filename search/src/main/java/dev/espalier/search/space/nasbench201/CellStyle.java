package dev.espalier.search.space.nasbench201;

import dev.espalier.search.drawing.OperatorStyle;

/** How the operators and nodes of a cell look. */
final class CellStyle {
  private CellStyle() {}

  static OperatorStyle of(Operator operator) {
    return switch (operator) {
      case NONE -> new OperatorStyle("none", "#7b8798", true);
      case SKIP_CONNECT -> new OperatorStyle("skip", "#15803d", false);
      case NOR_CONV_1X1 -> new OperatorStyle("conv 1×1", "#c2410c", false);
      case NOR_CONV_3X3 -> new OperatorStyle("conv 3×3", "#7c3aed", false);
      case AVG_POOL_3X3 -> new OperatorStyle("avg pool 3×3", "#0277b5", false);
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
