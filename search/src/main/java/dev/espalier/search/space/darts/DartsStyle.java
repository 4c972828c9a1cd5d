package dev.espalier.search.space.darts;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Palette;

/** How the operators and states of DARTS cells look: as {@link OperatorStyle}. */
final class DartsStyle {
  private DartsStyle() {}

  static OperatorStyle of(DartsOperator operator) {
    return switch (operator) {
      case NONE -> Palette.NONE;
      case SKIP_CONNECT -> Palette.SKIP;
      case SEP_CONV_3X3 -> Palette.SEPARABLE_3;
      case SEP_CONV_5X5 -> Palette.SEPARABLE_5;
      case DIL_CONV_3X3 -> Palette.DILATED_3;
      case DIL_CONV_5X5 -> Palette.DILATED_5;
      case AVG_POOL_3X3 -> Palette.AVERAGE_POOL_3;
      case MAX_POOL_3X3 -> Palette.MAX_POOL_3;
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
