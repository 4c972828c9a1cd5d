package dev.espalier.search.space.darts;

import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.Svg;
import java.util.List;

/** The supernet's two cells beside each other, edges as rows and operators as columns. */
final class DartsSupernetSvg {
  private static final int CELL_WIDTH = 400;
  private static final double LEFT = 104;
  private static final double COLUMN = 40;
  private static final double TOP = 128;
  private static final double ROW = 22;
  private static final double BETWEEN_NODES = 8;
  private static final double RING = 3.5;
  private static final int LEGEND = 84;
  private static final String GONE = "#94a3b8";

  private DartsSupernetSvg() {}

  static String of(DartsMask mask) {
    int height = (int) (y(DartsEdge.ALL.getLast()) + ROW + LEGEND);
    Svg svg = new Svg(2 * CELL_WIDTH, height, mask.canonical());
    for (CellType type : CellType.ALL) {
      cell(svg, mask, type);
    }
    legend(svg, shown(mask), height - LEGEND + 26);
    return svg.end();
  }

  private static void cell(Svg svg, DartsMask mask, CellType type) {
    double left = CELL_WIDTH * type.index();
    svg.caption(
        new Point(left + 16, 30), type == CellType.NORMAL ? "normal cell" : "reduction cell");
    List<DartsOperator> shown = shown(mask);
    for (DartsOperator operator : shown) {
      double x = left + LEFT + COLUMN * shown.indexOf(operator);
      svg.mark(new Point(x, TOP - 22), DartsStyle.of(operator));
      svg.heading(new Point(x + 3, TOP - 34), DartsStyle.of(operator).title());
    }
    for (DartsEdge edge : DartsEdge.ALL) {
      svg.caption(
          new Point(left + 16, y(edge) + 4.4),
          "%s → %s"
              .formatted(
                  DartsStyle.stateTitle(edge.source()),
                  DartsStyle.stateTitle(DartsStyle.state(edge.node()))));
      edge(svg, mask, type, edge, left);
    }
  }

  private static void edge(Svg svg, DartsMask mask, CellType type, DartsEdge edge, double left) {
    List<DartsOperator> active = mask.on(type, edge);
    List<DartsOperator> shown = shown(mask);
    for (DartsOperator operator : shown) {
      Point at = new Point(left + LEFT + COLUMN * shown.indexOf(operator), y(edge));
      boolean isActive = active.contains(operator);
      svg.open(
          "%s %s%s"
              .formatted(
                  mask.edgeTitle(DartsMask.edge(type, edge)),
                  operator.label(),
                  isActive ? "" : ", pruned"));
      if (isActive) {
        svg.mark(at, DartsStyle.of(operator));
      } else {
        svg.ring(at, RING, GONE);
      }
      svg.close();
    }
  }

  /** {@code none}, which is mostly left out from the start, has no column then. */
  private static List<DartsOperator> shown(DartsMask mask) {
    boolean none = mask.active().stream().anyMatch(active -> active.contains(DartsOperator.NONE));
    return none ? DartsOperator.ALL : DartsOperator.ALL.subList(1, DartsOperator.ALL.size());
  }

  private static double y(DartsEdge edge) {
    return TOP + ROW * edge.index() + BETWEEN_NODES * edge.node();
  }

  private static void legend(Svg svg, List<DartsOperator> operators, double top) {
    int perRow = 4;
    double step = 190;
    for (int i = 0; i < operators.size(); i++) {
      svg.pill(
          new Point(115 + step * (i % perRow), top + 34.0 * Math.floorDiv(i, perRow)),
          DartsStyle.of(operators.get(i)));
    }
  }
}
