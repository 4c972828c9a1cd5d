package dev.espalier.search.drawing;

/**
 * The looks of all operators, of whatever space: the same operator looks the same everywhere, and
 * no two look alike. An operator that is new to all spaces gets a line here.
 */
public final class Palette {
  public static final OperatorStyle NONE = new OperatorStyle("none", "#6b7280", Symbol.CROSS, true);
  public static final OperatorStyle SKIP = flowing("skip", "#15803d", Symbol.CIRCLE);
  public static final OperatorStyle CONVOLUTION_1 = flowing("conv 1×1", "#a85a08", Symbol.TRIANGLE);
  public static final OperatorStyle CONVOLUTION_3 = flowing("conv 3×3", "#cf3a1f", Symbol.SQUARE);
  public static final OperatorStyle SEPARABLE_3 = flowing("sep 3×3", "#7d48ee", Symbol.HEXAGON);
  public static final OperatorStyle SEPARABLE_5 = flowing("sep 5×5", "#bf2bd3", Symbol.STAR);
  public static final OperatorStyle SEPARABLE_7 = flowing("sep 7×7", "#d8247a", Symbol.PLUS);
  public static final OperatorStyle DILATED_3 = flowing("dil 3×3", "#737005", Symbol.TRIANGLE_DOWN);
  public static final OperatorStyle DILATED_5 = flowing("dil 5×5", "#4766d6", Symbol.HOURGLASS);
  public static final OperatorStyle AVERAGE_POOL_3 =
      flowing("avg pool 3×3", "#0277b5", Symbol.DIAMOND);
  public static final OperatorStyle MAX_POOL_3 =
      flowing("max pool 3×3", "#0b7d79", Symbol.PENTAGON);

  /** Inverted residual blocks: the shape and hue of a kernel, the turn of an expansion. */
  public static final OperatorStyle INVERTED_3_BY_3 =
      flowing("3×3 e3", "#3f7d12", Symbol.HALF_LEFT);

  public static final OperatorStyle INVERTED_3_BY_4 = flowing("3×3 e4", "#457c37", Symbol.HALF_UP);
  public static final OperatorStyle INVERTED_3_BY_6 =
      flowing("3×3 e6", "#127e5a", Symbol.HALF_RIGHT);
  public static final OperatorStyle INVERTED_5_BY_3 =
      flowing("5×5 e3", "#3c7592", Symbol.CHEVRON_LEFT);
  public static final OperatorStyle INVERTED_5_BY_4 =
      flowing("5×5 e4", "#556ea8", Symbol.CHEVRON_UP);
  public static final OperatorStyle INVERTED_5_BY_6 =
      flowing("5×5 e6", "#625edd", Symbol.CHEVRON_RIGHT);
  public static final OperatorStyle INVERTED_7_BY_3 =
      flowing("7×7 e3", "#9951b1", Symbol.ARROW_LEFT);
  public static final OperatorStyle INVERTED_7_BY_4 = flowing("7×7 e4", "#a25292", Symbol.ARROW_UP);
  public static final OperatorStyle INVERTED_7_BY_6 =
      flowing("7×7 e6", "#b54b66", Symbol.ARROW_RIGHT);

  private Palette() {}

  private static OperatorStyle flowing(String title, String color, Symbol symbol) {
    return new OperatorStyle(title, color, symbol, false);
  }
}
