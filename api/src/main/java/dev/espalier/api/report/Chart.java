package dev.espalier.api.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small plot of points or joined points over two linear axes, which {@code report/chart.jte}
 * draws as inline SVG. One without a finite point is not drawn at all.
 *
 * <p>Colours are CSS classes of the page ({@code found}, {@code other}, {@code removed}, ...), so
 * that the same drawing follows light, dark and print.
 */
public record Chart(String title, String horizontal, String vertical, List<Series> series) {

  static final double WIDTH = 440;
  static final double HEIGHT = 264;
  static final double LEFT = 54;
  static final double RIGHT = 14;
  static final double TOP = 12;
  static final double BOTTOM = 42;

  /** A curve of more points is drawn as a line alone. */
  private static final int MOST_DOTS = 40;

  public Chart {
    series = List.copyOf(series);
  }

  /** One value; {@code title} appears when pointed at. */
  public record Point(double x, double y, String title) {
    private boolean isFinite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  /** Points of one kind. */
  public record Series(String name, String style, boolean joined, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    private List<Point> finite() {
      return points.stream().filter(Point::isFinite).toList();
    }

    boolean isLine() {
      return joined && finite().size() > 1;
    }

    /** The places of the line's points. */
    String path(Axis across, Axis up) {
      return finite().stream()
          .map(point -> tenths(across.at(point.x())) + "," + tenths(up.at(point.y())))
          .collect(Collectors.joining(" "));
    }

    List<Point> dots() {
      List<Point> finite = finite();
      return joined && finite.size() > MOST_DOTS ? List.of() : finite;
    }

    String radius() {
      return joined ? "2.5" : "4.5";
    }
  }

  private List<Point> finite() {
    return series.stream().flatMap(each -> each.finite().stream()).toList();
  }

  boolean isDrawn() {
    return !finite().isEmpty();
  }

  Axis across() {
    List<Point> all = finite();
    return Axis.covering(
        all.stream().mapToDouble(Point::x).min().orElse(0),
        all.stream().mapToDouble(Point::x).max().orElse(1),
        LEFT,
        WIDTH - RIGHT,
        6,
        all.stream().allMatch(point -> point.x() == Math.rint(point.x())) ? 1 : 0);
  }

  Axis up() {
    List<Point> all = finite();
    return Axis.covering(
        all.stream().mapToDouble(Point::y).min().orElse(0),
        all.stream().mapToDouble(Point::y).max().orElse(1),
        HEIGHT - BOTTOM,
        TOP,
        5,
        0);
  }

  /** The styles of the series by their names, each name once. */
  Map<String, String> legend() {
    Map<String, String> kinds = new LinkedHashMap<>();
    series.forEach(each -> kinds.put(each.name(), each.style()));
    return kinds;
  }

  static String gridStyle(double tick) {
    return tick == 0 ? "zero" : "grid";
  }

  static String whole(double place) {
    return String.format(Locale.ROOT, "%.0f", place);
  }

  static String tenths(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
