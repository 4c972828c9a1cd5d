package dev.espalier.cli.view;

/** A bar of a share in [0, 1]. */
final class Bar {

  private Bar() {}

  static String of(double share, int width, Style style) {
    int halves = (int) Math.round(Math.clamp(share, 0, 1) * width * 2);
    String done = "━".repeat(halves / 2) + (halves % 2 == 1 ? "╸" : "");
    String rest = "─".repeat(width - (halves + 1) / 2);
    return style.busy(done) + style.quiet(rest);
  }
}
