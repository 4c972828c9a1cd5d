package dev.espalier.search.space.parallel;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Palette;

/** How an operation of a layer looks: as {@link OperatorStyle} of a cell's operators. */
final class OperationStyle {
  private OperationStyle() {}

  static OperatorStyle of(Operation operation) {
    return switch (operation) {
      case SKIP -> Palette.SKIP;
      case SEPARABLE_3 -> Palette.SEPARABLE_3;
      case SEPARABLE_5 -> Palette.SEPARABLE_5;
      case SEPARABLE_7 -> Palette.SEPARABLE_7;
      case DILATED_3 -> Palette.DILATED_3;
      case DILATED_5 -> Palette.DILATED_5;
    };
  }
}
