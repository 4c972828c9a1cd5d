package dev.espalier.search.drawing;

import dev.espalier.search.drawing.Curve.Point;
import java.util.Locale;

/** SVG text, element by element. All text inside comes from this package and needs no escaping. */
public final class Svg {
  /** Of a pill: where its mark is, from its left end, and by how much that widens it. */
  private static final double MARK = 14;

  private static final double ROOM_FOR_MARK = 15;

  private final StringBuilder out = new StringBuilder(4096);

  public Svg(int width, int height, String title) {
    line(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" width="%1$s" height="%2$s" role="img" \
        font-family="ui-sans-serif, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif">\
        """
            .formatted(px(width), px(height)));
    line("<title>" + title + "</title>");
  }

  public void open(String title) {
    line("<g><title>" + title + "</title>");
  }

  public void close() {
    line("</g>");
  }

  /**
   * A line along the curve.
   *
   * @param dashes SVG's dash pattern, or empty
   */
  public void stroke(Curve curve, String color, double width, String dashes) {
    line(
        "<path d=\"M%s C%s %s %s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linecap=\"round\"%s/>"
            .formatted(
                px(curve.start()),
                px(curve.first()),
                px(curve.second()),
                px(curve.end()),
                color,
                px(width),
                dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\""));
  }

  /** An arrow's head with its tip at the curve's end. */
  public void head(Curve curve, String color) {
    line(
        "<path d=\"M1 0 L-11 -5.5 L-8 0 L-11 5.5 Z\" fill=\"%s\" transform=\"translate(%s) rotate(%s)\"/>"
            .formatted(color, px(curve.end()), px(StrictMath.toDegrees(curve.arrival()))));
  }

  public void node(Point center, double radius, String text) {
    line(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"#475569\" stroke=\"#94a3b8\" stroke-width=\"1.5\"/>"
            .formatted(px(center.x()), px(center.y()), px(radius)));
    text(center, text);
  }

  /** Text of its own, from its left end, in a colour that holds on light and dark pages. */
  public void caption(Point start, String text) {
    line(
        "<text x=\"%s\" y=\"%s\" font-size=\"12.5\" font-weight=\"600\" fill=\"#7b8798\">%s</text>"
            .formatted(px(start.x()), px(start.y()), text));
  }

  /** The heading of a narrow column, which rises to the right of its foot. */
  public void heading(Point foot, String text) {
    line(
        ("<text transform=\"translate(%s) rotate(-45)\" font-size=\"12.5\" font-weight=\"600\" "
                + "fill=\"#7b8798\">%s</text>")
            .formatted(px(foot), text));
  }

  /** An operator's symbol in its colour. */
  public void mark(Point center, OperatorStyle style) {
    symbol(center, style.symbol(), style.color());
  }

  private void symbol(Point center, Symbol symbol, String color) {
    String turn = symbol.turned() == 0 ? "" : " rotate(" + symbol.turned() + ")";
    line(
        "<path d=\"%s\" fill=\"%s\" transform=\"translate(%s)%s\"/>"
            .formatted(symbol.path(), color, px(center), turn));
  }

  public void ring(Point center, double radius, String color) {
    line(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"none\" stroke=\"%s\"/>"
            .formatted(px(center.x()), px(center.y()), px(radius), color));
  }

  /** Symbol and title on a rounded ground of their own, readable on any page. */
  public void pill(Point center, OperatorStyle style) {
    double width = pillWidth(style);
    line(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"24\" rx=\"12\" fill=\"%s\"/>"
            .formatted(px(center.x() - width / 2), px(center.y() - 12), px(width), style.color()));
    symbol(center.plus(MARK - width / 2, 0), style.symbol(), "#ffffff");
    text(center.plus(ROOM_FOR_MARK / 2, 0), style.title());
  }

  public static double pillWidth(OperatorStyle style) {
    return 7.1 * style.title().length() + 20 + ROOM_FOR_MARK;
  }

  private void text(Point center, String text) {
    line(
        ("<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" font-size=\"12.5\" font-weight=\"600\" "
                + "fill=\"#ffffff\">%s</text>")
            .formatted(px(center.x()), px(center.y() + 4.4), text));
  }

  public String end() {
    line("</svg>");
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String px(Point point) {
    return px(point.x()) + " " + px(point.y());
  }

  private static String px(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
