package dev.espalier.search.drawing;

/** The relative luminance of a colour (WCAG 2.1), by which contrast is measured. */
public final class Luminance {
  private static final double[] WEIGHTS = {0.2126, 0.7152, 0.0722};

  private Luminance() {}

  /**
   * From 0, black, to 1, white.
   *
   * @param color {@code #rrggbb}
   */
  public static double luminance(String color) {
    double luminance = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      double channel = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      luminance +=
          WEIGHTS[i]
              * (channel <= 0.03928 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
    }
    return luminance;
  }
}
