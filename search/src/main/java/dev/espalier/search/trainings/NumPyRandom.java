package dev.espalier.search.trainings;

import org.apache.commons.math3.random.MersenneTwister;

/**
 * NumPy's {@code RandomState}, as far as published splits need it: the same bits. Only for seeds
 * below 2^31, since the twister takes the others for negative ones.
 */
final class NumPyRandom {
  private final MersenneTwister twister;

  /**
   * @param seed from 0 to 2^31 - 1
   */
  NumPyRandom(long seed) {
    twister = new MersenneTwister(Math.toIntExact(seed));
  }

  /** {@code permutation(n)}: the numbers 0..n-1, shuffled by Fisher and Yates from the top. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int last = n - 1; last > 0; last--) {
      int other = upTo(last);
      int moved = order[last];
      order[last] = order[other];
      order[other] = moved;
    }
    return order;
  }

  /** {@code random_interval}: the low bits that the largest has, drawn again while above it. */
  private int upTo(int largest) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(largest);
    int number;
    do {
      number = twister.nextInt() & mask;
    } while (number > largest);
    return number;
  }
}
