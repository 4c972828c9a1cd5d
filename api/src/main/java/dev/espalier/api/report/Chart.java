package dev.espalier.api.report;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A small plot as inline SVG: points or joined points over two linear axes.
 *
 * <p>Colours are CSS classes of the page ({@code found}, {@code other}, {@code removed}, ...), so
 * that the same drawing follows light, dark and print.
 */
public final class Chart {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 264;
  private static final double LEFT = 54;
  private static final double RIGHT = 14;
  private static final double TOP = 12;
  private static final double BOTTOM = 42;

  /** A curve of more points is drawn as a line alone. */
  private static final int MOST_DOTS = 40;

  /** One value; {@code title} appears when pointed at. */
  public record Point(double x, double y, String title) {}

  /** Points of one kind. */
  public record Series(String name, String style, boolean joined, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  private Chart() {}

  /** A plot of all finite points, or the empty string when there is none. */
  public static String draw(String title, String horizontal, String vertical, List<Series> series) {
    List<Point> all =
        series.stream().flatMap(each -> each.points().stream()).filter(Chart::isFinite).toList();
    if (all.isEmpty()) {
      return "";
    }
    Axis x =
        Axis.covering(
            all.stream().mapToDouble(Point::x).min().orElse(0),
            all.stream().mapToDouble(Point::x).max().orElse(1),
            LEFT,
            WIDTH - RIGHT,
            6,
            all.stream().allMatch(point -> point.x() == Math.rint(point.x())) ? 1 : 0);
    Axis y =
        Axis.covering(
            all.stream().mapToDouble(Point::y).min().orElse(0),
            all.stream().mapToDouble(Point::y).max().orElse(1),
            HEIGHT - BOTTOM,
            TOP,
            5,
            0);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<figure class=\"chart\"><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\""
                + " aria-label=\"%s\">%n",
            WIDTH,
            HEIGHT,
            escapeXml11(title)));
    grid(svg, x, y);
    labels(svg, horizontal, vertical);
    series.forEach(each -> plot(svg, x, y, each));
    svg.append("</svg>\n<figcaption>").append(escapeXml11(title));
    if (series.size() > 1) {
      svg.append("<span class=\"legend\">");
      Map<String, String> kinds = new LinkedHashMap<>();
      series.forEach(each -> kinds.put(each.name(), each.style()));
      kinds.forEach((name, style) ->
          svg.append("<span><i class=\"key ")
              .append(style)
              .append("\"></i>")
              .append(escapeXml11(name))
              .append("</span> "));
      svg.append("</span>");
    }
    return svg.append("</figcaption></figure>\n").toString();
  }

  private static boolean isFinite(Point point) {
    return Double.isFinite(point.x()) && Double.isFinite(point.y());
  }

  private static void grid(StringBuilder svg, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              tick == 0 ? "zero" : "grid",
              LEFT,
              y.at(tick),
              WIDTH - RIGHT,
              y.at(tick),
              LEFT - 6,
              y.at(tick) + 3.5,
              y.label(tick)));
    }
    for (double tick : x.ticks()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n",
              tick == 0 ? "zero" : "grid",
              x.at(tick),
              TOP,
              x.at(tick),
              HEIGHT - BOTTOM,
              x.at(tick),
              HEIGHT - BOTTOM + 15,
              x.label(tick)));
    }
  }

  private static void labels(StringBuilder svg, String horizontal, String vertical) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"axis\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>"
                + "<text class=\"axis\" transform=\"translate(12 %.1f) rotate(-90)\""
                + " text-anchor=\"middle\">%s</text>%n",
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 6,
            escapeXml11(horizontal),
            (TOP + HEIGHT - BOTTOM) / 2,
            escapeXml11(vertical)));
  }

  private static void plot(StringBuilder svg, Axis x, Axis y, Series series) {
    List<Point> points = series.points().stream().filter(Chart::isFinite).toList();
    if (series.joined() && points.size() > 1) {
      svg.append("<polyline class=\"line ").append(series.style()).append("\" points=\"");
      for (Point point : points) {
        svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(point.x()), y.at(point.y())));
      }
      svg.append("\"/>\n");
    }
    if (series.joined() && points.size() > MOST_DOTS) {
      return;
    }
    for (Point point : points) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s</title></circle>%n",
              series.style(),
              x.at(point.x()),
              y.at(point.y()),
              series.joined() ? "2.5" : "4.5",
              escapeXml11(point.title())));
    }
  }
}
