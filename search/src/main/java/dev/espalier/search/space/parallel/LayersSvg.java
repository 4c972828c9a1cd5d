package dev.espalier.search.space.parallel;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Layers as columns from left to right: the operations of a layer lie one below the other between
 * the sum before it and its own.
 */
final class LayersSvg {
  private static final double STEP = 164;
  private static final double LEFT = 40;
  private static final double ROW = 36;
  private static final double MARGIN = 30;
  private static final double END = 26;
  private static final double SUM = 13;

  private LayersSvg() {}

  static String of(ParallelArchitecture architecture) {
    List<Set<Operation>> layers = architecture.layers();
    int rows = layers.stream().mapToInt(Set::size).max().orElse(1);
    int height = (int) Math.max(2 * END + 8, rows * ROW + 2 * MARGIN);
    int width = (int) (2 * LEFT + STEP * layers.size());
    Svg svg = new Svg(width, height, architecture.canonical());
    for (int layer = 0; layer < layers.size(); layer++) {
      layer(svg, layer, layers.size(), new ArrayList<>(layers.get(layer)), height / 2.0);
    }
    for (int sum = 0; sum <= layers.size(); sum++) {
      boolean end = sum == 0 || sum == layers.size();
      String text = sum == 0 ? "input" : sum == layers.size() ? "output" : "+";
      svg.node(node(sum, height / 2.0), end ? END : SUM, text);
    }
    return svg.end();
  }

  private static void layer(
      Svg svg, int layer, int layers, List<Operation> operations, double line) {
    Point from = node(layer, line).plus(layer == 0 ? END : SUM, 0);
    Point to = node(layer + 1, line).plus(layer + 1 == layers ? -END - 3 : -SUM - 3, 0);
    double middle = (node(layer, line).x() + node(layer + 1, line).x()) / 2;
    for (int i = 0; i < operations.size(); i++) {
      OperatorStyle style = OperationStyle.of(operations.get(i));
      double y = line + (i - (operations.size() - 1) / 2.0) * ROW;
      Point pill = new Point(middle, y);
      double reach = Svg.pillWidth(style) / 2;
      svg.open("layer %d: %s".formatted(layer + 1, operations.get(i).label()));
      svg.stroke(bend(from, pill.plus(-reach, 0)), style.color(), 2.4, "");
      svg.stroke(bend(pill.plus(reach, 0), to), style.color(), 2.4, "");
      svg.pill(pill, style);
      svg.close();
    }
    svg.head(bend(new Point(middle, line), to), "#64748b");
  }

  /** Leaves and arrives level. */
  private static Curve bend(Point from, Point to) {
    double reach = (to.x() - from.x()) / 2;
    return new Curve(from, from.plus(reach, 0), to.plus(-reach, 0), to);
  }

  private static Point node(int sum, double line) {
    return new Point(LEFT + STEP * sum, line);
  }
}
