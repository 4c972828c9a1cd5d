package dev.espalier.learning.predictor.convolution;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;

/** Drops numbers at random, and raises those that stay, so that their expected sum is the same. */
public final class Dropout {
  private static final int BITS = 8;
  private static final int BYTES = 1 << BITS;

  /** One in each byte. */
  private static final long EACH = 0x0101_0101_0101_0101L;

  private final RandomStream stream;
  private final double share;

  /**
   * @param share of the numbers that are dropped, in [0, 1); 0 draws nothing
   */
  public Dropout(double share, RandomStream stream) {
    this.share = share;
    this.stream = stream;
  }

  /**
   * Fills with what numbers are to be multiplied by: 0, or {@code scale / (1 - share)}. A byte
   * decides a number; if it is the one byte that the share divides, a number of its own does.
   */
  void fill(float[] factors, int count, double scale) {
    if (share == 0) {
      Arrays.fill(factors, 0, count, (float) scale);
      return;
    }
    float kept = (float) (scale / (1 - share));
    float[] factorOf = new float[BYTES];
    int open = (int) (share * BYTES);
    Arrays.fill(factorOf, open + 1, BYTES, kept);
    double ofOpen = share * BYTES - open;
    long opens = EACH * open;
    for (int i = 0; i < count; i += Long.BYTES) {
      long drawn = stream.nextLong();
      if (i + Long.BYTES <= count && !hasZero(drawn ^ opens)) {
        for (int j = i; j < i + Long.BYTES; j++) {
          factors[j] = factorOf[(int) drawn & BYTES - 1];
          drawn >>>= BITS;
        }
        continue;
      }
      int end = Math.min(count, i + Long.BYTES);
      for (int j = i; j < end; j++) {
        int part = (int) drawn & BYTES - 1;
        drawn >>>= BITS;
        factors[j] = part == open ? stream.nextDouble() < ofOpen ? 0 : kept : factorOf[part];
      }
    }
  }

  /** Whether a byte of it is zero. */
  private static boolean hasZero(long bytes) {
    return ((bytes - EACH) & ~bytes & (EACH << (BITS - 1))) != 0;
  }
}
