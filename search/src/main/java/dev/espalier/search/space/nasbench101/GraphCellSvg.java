package dev.espalier.search.space.nasbench101;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Svg;

/**
 * A cell as a row of vertices from left to right. Neighbours are joined along the row; other edges
 * are arcs, above it where their ends are an even number apart, below it where they are an odd one.
 */
final class GraphCellSvg {
  private static final double LEFT = 50;
  private static final double STEP = 158;
  private static final double RADIUS = 28;
  private static final double PILL = 12;
  private static final double GAP = 3;

  /** How far an arc rises for each vertex that it passes. */
  private static final double RISE = 42;

  private static final double MARGIN = 50;
  private static final String LINE = "#94a3b8";
  private static final String HEAD = "#64748b";

  private final GraphCell cell;
  private final double line;

  private GraphCellSvg(GraphCell cell, double line) {
    this.cell = cell;
    this.line = line;
  }

  static String of(GraphCell cell) {
    double above = MARGIN + RISE * passed(cell, 0);
    double below = MARGIN + RISE * passed(cell, 1);
    int width = (int) (2 * LEFT + STEP * cell.output());
    Svg svg = new Svg(width, (int) (above + below), cell.canonical());
    GraphCellSvg drawing = new GraphCellSvg(cell, above);
    for (int target = 1; target < cell.vertices(); target++) {
      for (int source : cell.sources(target)) {
        drawing.edge(svg, source, target);
      }
    }
    for (int vertex = 0; vertex < cell.vertices(); vertex++) {
      drawing.vertex(svg, vertex);
    }
    return svg.end();
  }

  /** How many vertices the longest arc of one side passes. */
  private static int passed(GraphCell cell, int remainder) {
    int most = 0;
    for (int target = 1; target < cell.vertices(); target++) {
      for (int source : cell.sources(target)) {
        int length = target - source;
        most = length % 2 == remainder ? Math.max(most, length - 1) : most;
      }
    }
    return most;
  }

  private void edge(Svg svg, int source, int target) {
    Curve curve = target - source == 1 ? straight(source, target) : arc(source, target);
    svg.open("%s → %s".formatted(VertexStyle.title(cell, source), VertexStyle.title(cell, target)));
    svg.stroke(curve, LINE, 2.4, "");
    svg.head(curve, HEAD);
    svg.close();
  }

  private Curve straight(int source, int target) {
    Point from = at(source).plus(halfWidth(source), 0);
    Point to = at(target).plus(-halfWidth(target) - GAP, 0);
    double reach = (to.x() - from.x()) / 3;
    return new Curve(from, from.plus(reach, 0), to.plus(-reach, 0), to);
  }

  private Curve arc(int source, int target) {
    int length = target - source;
    double side = length % 2 == 0 ? -1 : 1;
    Point from = at(source).plus(10, side * halfHeight(source));
    Point to = at(target).plus(-10, side * (halfHeight(target) + GAP));
    double rise = side * RISE * (length - 1) / 0.75;
    double reach = STEP * length * 0.12;
    return new Curve(from, from.plus(reach, rise), to.plus(-reach, rise), to);
  }

  private void vertex(Svg svg, int vertex) {
    if (isEnd(vertex)) {
      svg.node(at(vertex), RADIUS, VertexStyle.title(cell, vertex));
      return;
    }
    VertexOperation operation = cell.operation(vertex);
    svg.open("%d: %s".formatted(vertex, operation.label()));
    svg.pill(at(vertex), VertexStyle.of(operation));
    svg.close();
  }

  private boolean isEnd(int vertex) {
    return vertex == 0 || vertex == cell.output();
  }

  private Point at(int vertex) {
    return new Point(LEFT + STEP * vertex, line);
  }

  private double halfWidth(int vertex) {
    if (isEnd(vertex)) {
      return RADIUS;
    }
    OperatorStyle style = VertexStyle.of(cell.operation(vertex));
    return Svg.pillWidth(style) / 2;
  }

  private double halfHeight(int vertex) {
    return isEnd(vertex) ? RADIUS - 2 : PILL;
  }
}
