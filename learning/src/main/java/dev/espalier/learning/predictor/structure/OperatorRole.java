package dev.espalier.learning.predictor.structure;

import java.util.Locale;
import java.util.regex.Pattern;

/** What an operator does to what flows along a path; told by its published label. */
public enum OperatorRole {
  /** Nothing comes through. */
  ZERO,
  /** Everything comes through as it is. */
  IDENTITY,
  CONVOLUTION,
  POOLING,
  /** Something that is none of these. */
  OTHER;

  /** Inverted residual blocks by kernel and expansion, such as {@code k5e4}. */
  private static final Pattern INVERTED = Pattern.compile("k\\de\\d");

  /** The role of an operator of this label. */
  public static OperatorRole of(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    if (lower.startsWith("none") || lower.startsWith("zero")) {
      return ZERO;
    }
    if (lower.contains("skip")
        || lower.contains("identity")
        || lower.equals("input")
        || lower.equals("output")) {
      return IDENTITY;
    }
    if (lower.contains("pool")) {
      return POOLING;
    }
    boolean isConvolution =
        lower.contains("conv")
            || lower.startsWith("sep")
            || lower.startsWith("dil")
            || INVERTED.matcher(lower).matches();
    return isConvolution ? CONVOLUTION : OTHER;
  }

  /** Whether a path's word has a letter for it. */
  boolean isLetter() {
    return this != ZERO && this != IDENTITY;
  }

  /** Whether the operator of this label looks at more than one pixel. */
  static boolean isSpatial(String label) {
    return of(label).isLetter() && !label.contains("1x1");
  }
}
