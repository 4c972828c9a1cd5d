package dev.espalier.learning.predictor.convolution;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;

/** Drops numbers at random, and raises those that stay, so that their expected sum is the same. */
public final class Dropout {
  private static final long WORD = 0xFFFF_FFFFL;
  private static final int SIGN = Long.SIZE - 1;

  private final RandomStream stream;
  private final double share;

  /**
   * @param share of the numbers that are dropped, in [0, 1); 0 draws nothing
   */
  public Dropout(double share, RandomStream stream) {
    this.share = share;
    this.stream = stream;
  }

  /** Fills with what numbers are to be multiplied by: 0, or {@code scale / (1 - share)}. */
  void fill(float[] factors, int count, double scale) {
    if (share == 0) {
      Arrays.fill(factors, 0, count, (float) scale);
      return;
    }
    float kept = (float) (scale / (1 - share));
    long dropped = Math.round(share * (WORD + 1)) - 1;
    for (int i = 0; i + 1 < count; i += 2) {
      long drawn = stream.nextLong();
      factors[i] = kept * ((dropped - (drawn & WORD)) >>> SIGN);
      factors[i + 1] = kept * ((dropped - (drawn >>> Integer.SIZE)) >>> SIGN);
    }
  }
}
