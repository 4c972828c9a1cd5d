package dev.espalier.search.drawing;

/** A cubic Bézier curve on the page. */
public record Curve(Point start, Point first, Point second, Point end) {
  public record Point(double x, double y) {
    public Point plus(double dx, double dy) {
      return new Point(x + dx, y + dy);
    }
  }

  public Point at(double t) {
    double s = 1 - t;
    double a = s * s * s;
    double b = 3 * s * s * t;
    double c = 3 * s * t * t;
    double d = t * t * t;
    return new Point(
        a * start.x + b * first.x + c * second.x + d * end.x,
        a * start.y + b * first.y + c * second.y + d * end.y);
  }

  /** The direction in which the curve arrives, in radians. */
  public double arrival() {
    Point from = second.equals(end) ? start : second;
    return StrictMath.atan2(end.y - from.y, end.x - from.x);
  }
}
