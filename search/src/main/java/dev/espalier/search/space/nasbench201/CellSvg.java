package dev.espalier.search.space.nasbench201;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Svg;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells and supernets as SVG, with a transparent ground and colours that hold on light and dark
 * pages.
 */
final class CellSvg {
  private static final int CELL_HEIGHT = 320;
  private static final int SUPERNET_HEIGHT = 366;

  private CellSvg() {}

  static String cell(Cell cell) {
    Svg svg = new Svg(CellLayout.WIDTH, CELL_HEIGHT, cell.canonical());
    for (Edge edge : Edge.ALL) {
      labelledEdge(svg, edge, cell.on(edge.index()));
    }
    nodes(svg);
    return svg.end();
  }

  static String supernet(OperatorMask mask) {
    Svg svg = new Svg(CellLayout.WIDTH, SUPERNET_HEIGHT, mask.canonical());
    for (Edge edge : Edge.ALL) {
      List<Operator> active = mask.on(edge.index());
      prunedStrands(svg, edge, active);
      if (active.size() == 1) {
        labelledEdge(svg, edge, active.getFirst());
      } else {
        activeStrands(svg, edge, active);
      }
    }
    nodes(svg);
    legend(svg, mask);
    return svg.end();
  }

  private static void labelledEdge(Svg svg, Edge edge, Operator operator) {
    OperatorStyle style = CellStyle.of(operator);
    Curve curve = CellLayout.curve(edge, 0);
    svg.open(titleOf(edge, operator));
    svg.stroke(curve, style.color(), style.isDashed() ? 1.8 : 3, style.isDashed() ? "3 7" : "");
    if (!style.isDashed()) {
      svg.head(curve, style.color());
    }
    svg.pill(curve.at(0.5), style);
    svg.close();
  }

  private static void activeStrands(Svg svg, Edge edge, List<Operator> active) {
    for (Operator operator : active) {
      OperatorStyle style = CellStyle.of(operator);
      Curve strand = strand(edge, operator);
      svg.open(titleOf(edge, operator));
      svg.stroke(strand, style.color(), 3, style.isDashed() ? "3 7" : "");
      svg.close();
    }
    svg.head(CellLayout.curve(edge, 0), "#64748b");
  }

  /**
   * What has been removed stays as a trace. {@code none}, which is mostly left out from the start,
   * leaves none.
   */
  private static void prunedStrands(Svg svg, Edge edge, List<Operator> active) {
    for (Operator operator : Operator.ALL) {
      if (operator != Operator.NONE && !active.contains(operator)) {
        svg.open(titleOf(edge, operator) + ", pruned");
        svg.stroke(strand(edge, operator), "#94a3b8", 1, "1 5");
        svg.close();
      }
    }
  }

  private static Curve strand(Edge edge, Operator operator) {
    boolean isStraight = edge.target() - edge.source() == 1;
    return CellLayout.curve(edge, (operator.index() - 2.5) * (isStraight ? 12 : 9));
  }

  private static String titleOf(Edge edge, Operator operator) {
    return "%s → %s: %s"
        .formatted(
            CellStyle.nodeTitle(edge.source()),
            CellStyle.nodeTitle(edge.target()),
            operator.label());
  }

  private static void nodes(Svg svg) {
    for (int node = 0; node < Edge.NODES; node++) {
      svg.node(CellLayout.node(node), CellLayout.NODE_RADIUS, CellStyle.nodeTitle(node));
    }
  }

  private static void legend(Svg svg, OperatorMask mask) {
    List<Operator> shown = new ArrayList<>(Operator.ALL);
    if (mask.active().stream().noneMatch(active -> active.contains(Operator.NONE))) {
      shown.remove(Operator.NONE);
    }
    double step = 130;
    double left = CellLayout.WIDTH / 2.0 - step * (shown.size() - 1) / 2;
    for (Operator operator : shown) {
      OperatorStyle style = CellStyle.of(operator);
      svg.pill(new Point(left, SUPERNET_HEIGHT - 22), style);
      left += step;
    }
  }
}
