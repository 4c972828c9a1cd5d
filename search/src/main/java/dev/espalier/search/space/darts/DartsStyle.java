package dev.espalier.search.space.darts;

import dev.espalier.search.drawing.OperatorStyle;

/** How the operators and states of DARTS cells look: as {@link OperatorStyle}. */
final class DartsStyle {
  private DartsStyle() {}

  static OperatorStyle of(DartsOperator operator) {
    return switch (operator) {
      case NONE -> new OperatorStyle("none", "#7b8798", true);
      case SKIP_CONNECT -> new OperatorStyle("skip", "#15803d", false);
      case SEP_CONV_3X3 -> new OperatorStyle("sep conv 3×3", "#7c3aed", false);
      case SEP_CONV_5X5 -> new OperatorStyle("sep conv 5×5", "#c026d3", false);
      case DIL_CONV_3X3 -> new OperatorStyle("dil conv 3×3", "#0f766e", false);
      case DIL_CONV_5X5 -> new OperatorStyle("dil conv 5×5", "#0e7490", false);
      case AVG_POOL_3X3 -> new OperatorStyle("avg pool 3×3", "#0277b5", false);
      case MAX_POOL_3X3 -> new OperatorStyle("max pool 3×3", "#c2410c", false);
    };
  }

  /** The inputs by which cell before they come from, the nodes by their numbers in a genotype. */
  static String stateTitle(int state) {
    return switch (state) {
      case 0 -> "k-2";
      case 1 -> "k-1";
      default -> Integer.toString(state);
    };
  }

  static int state(int node) {
    return DartsEdge.INPUTS + node;
  }
}
