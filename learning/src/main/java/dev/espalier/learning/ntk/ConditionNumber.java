package dev.espalier.learning.ntk;

import org.jspecify.annotations.Nullable;

/**
 * Largest eigenvalue of a kernel divided by the smallest: how unevenly the network would learn.
 *
 * @param value null where the kernel is singular or not finite
 * @param singular whether there is no meaningful number
 */
public record ConditionNumber(@Nullable Double value, boolean singular) {
  private static final double PUBLISHED_NOT_A_NUMBER = 100_000;
  private static final ConditionNumber SINGULAR = new ConditionNumber(null, true);

  /**
   * In double precision. Singular if an entry is not finite, or the smallest eigenvalue lies below
   * {@code epsilon x n x largest}, where rounding alone decides it.
   */
  public static ConditionNumber exact(Kernel kernel) {
    if (!kernel.isFinite()) {
      return SINGULAR;
    }
    double[] eigenvalues = kernel.eigenvalues();
    double smallest = eigenvalues[0];
    double largest = eigenvalues[eigenvalues.length - 1];
    double noise = Math.ulp(1.0) * kernel.size() * largest;
    return largest > 0 && smallest > noise && Double.isFinite(largest / smallest)
        ? new ConditionNumber(largest / smallest, false)
        : SINGULAR;
  }

  /**
   * As the published program computes it: signed, in single precision; what is not a number becomes
   * 100,000 and infinities the largest numbers there are. Never singular: negative and absurd
   * values pass.
   */
  public static ConditionNumber published(Kernel kernel) {
    if (!kernel.isFinite()) {
      return new ConditionNumber(PUBLISHED_NOT_A_NUMBER, false);
    }
    double[] eigenvalues = kernel.eigenvalues();
    float ratio = (float) eigenvalues[eigenvalues.length - 1] / (float) eigenvalues[0];
    if (Float.isNaN(ratio)) {
      return new ConditionNumber(PUBLISHED_NOT_A_NUMBER, false);
    }
    return new ConditionNumber(
        Math.clamp((double) ratio, -Double.MAX_VALUE, Double.MAX_VALUE), false);
  }
}
