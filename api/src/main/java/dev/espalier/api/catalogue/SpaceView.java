package dev.espalier.api.catalogue;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.space.SearchSpace;
import java.math.BigInteger;
import java.util.List;

/**
 * A search space.
 *
 * @param size the number of architectures
 * @param example an architecture of it, in its one spelling
 * @param operators that its architectures are made of, and how they look everywhere
 */
public record SpaceView(
    String name, String title, BigInteger size, String example, List<OperatorView> operators) {
  public SpaceView {
    operators = List.copyOf(operators);
  }

  static SpaceView of(SearchSpace space) {
    return new SpaceView(
        space.name(),
        space.title(),
        space.exactSize(),
        Examples.of(space),
        space.operators().stream()
            .map(operator -> OperatorView.of(operator, space.style(operator)))
            .toList());
  }

  /**
   * An operator.
   *
   * @param color {@code #rrggbb}, for light and dark
   * @param symbol data of an SVG path around the origin, within -7 and 7
   * @param turned degrees by which the symbol is turned, clockwise
   * @param dashed whether nothing flows along it
   */
  public record OperatorView(
      String name, String title, String color, String symbol, int turned, boolean dashed) {
    private static OperatorView of(String name, OperatorStyle style) {
      return new OperatorView(
          name,
          style.title(),
          style.color(),
          style.symbol().path(),
          style.symbol().turned(),
          style.isDashed());
    }
  }
}
