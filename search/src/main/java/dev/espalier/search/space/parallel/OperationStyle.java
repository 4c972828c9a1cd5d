package dev.espalier.search.space.parallel;

import dev.espalier.search.drawing.OperatorStyle;

/** How an operation of a layer looks: as {@link OperatorStyle} of a cell's operators. */
final class OperationStyle {
  private OperationStyle() {}

  static OperatorStyle of(Operation operation) {
    return switch (operation) {
      case SKIP -> new OperatorStyle("skip", "#15803d", false);
      case SEPARABLE_3 -> new OperatorStyle("sep 3×3", "#7c3aed", false);
      case SEPARABLE_5 -> new OperatorStyle("sep 5×5", "#a21caf", false);
      case SEPARABLE_7 -> new OperatorStyle("sep 7×7", "#be185d", false);
      case DILATED_3 -> new OperatorStyle("dil 3×3", "#0277b5", false);
      case DILATED_5 -> new OperatorStyle("dil 5×5", "#0e7490", false);
    };
  }
}
