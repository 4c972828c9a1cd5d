package dev.espalier.search.space.nasbench201;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;

/**
 * Where nodes and edges lie: the nodes on one line from left to right, neighbours joined along it,
 * 2←0 and 3←0 in arcs above it, 3←1 in an arc below.
 */
final class CellLayout {
  static final int WIDTH = 720;
  static final int NODE_RADIUS = 28;

  private static final double LEFT = 50;
  private static final double STEP = 206;
  private static final double LINE = 188;
  private static final double GAP = 3;

  private CellLayout() {}

  static Point node(int node) {
    return new Point(LEFT + STEP * node, LINE);
  }

  /**
   * The curve of an edge.
   *
   * @param offset of its middle from the edge's own line in pixels, for parallel strands; positive
   *     is down
   */
  static Curve curve(Edge edge, double offset) {
    Shape shape = shape(edge);
    Point start = onCircle(edge.source(), shape.leavingDegrees(), NODE_RADIUS);
    Point end = onCircle(edge.target(), shape.arrivingDegrees(), NODE_RADIUS + GAP);
    double middle = LINE + shape.rise() + offset;
    // At its middle a cubic curve is made of its ends, an eighth each, and its controls, three
    // eighths each.
    double controls = (middle - (start.y() + end.y()) / 8) / 0.75;
    double reach = (end.x() - start.x()) * shape.reach();
    return new Curve(
        start, new Point(start.x() + reach, controls), new Point(end.x() - reach, controls), end);
  }

  private static Point onCircle(int node, double degrees, double radius) {
    double angle = StrictMath.toRadians(degrees);
    return node(node).plus(radius * StrictMath.cos(angle), -radius * StrictMath.sin(angle));
  }

  private static Shape shape(Edge edge) {
    boolean isNeighbour = edge.target() - edge.source() == 1;
    if (isNeighbour) {
      return new Shape(0, 180, 0, 0.3);
    }
    boolean isBelow = edge.source() == 1;
    if (isBelow) {
      return new Shape(-60, 240, 92, 0.14);
    }
    boolean isLongest = edge.target() == 3;
    return isLongest ? new Shape(100, 80, -158, 0.1) : new Shape(55, 125, -84, 0.14);
  }

  /**
   * @param leavingDegrees where on the source's circle the edge starts, counter-clockwise from the
   *     right
   * @param arrivingDegrees where on the target's circle it ends
   * @param rise of the middle over the nodes' line in pixels, positive down
   * @param reach of the control points, as a share of the width
   */
  private record Shape(double leavingDegrees, double arrivingDegrees, double rise, double reach) {}
}
