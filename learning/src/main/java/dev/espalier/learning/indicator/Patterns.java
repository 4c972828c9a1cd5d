package dev.espalier.learning.indicator;

import java.util.Arrays;

/**
 * A set of bit patterns of one length, counted exactly in linear time: an open hash table whose
 * entries are compared whole.
 */
final class Patterns {
  private static final double FULL = 0.5;

  private final int words;
  private long[] table;
  private boolean[] taken;
  private int count;

  /**
   * @param words longs of a pattern
   * @param expected how many there may be
   */
  Patterns(int words, int expected) {
    this.words = words;
    int capacity = Integer.highestOneBit(Math.max(8, expected)) * 4;
    this.table = new long[Math.multiplyExact(capacity, words)];
    this.taken = new boolean[capacity];
  }

  /** Adds the pattern that begins at {@code from}. */
  void add(long[] bits, int from) {
    if (count >= FULL * taken.length) {
      grow();
    }
    int slot = slot(bits, from);
    if (!taken[slot]) {
      taken[slot] = true;
      System.arraycopy(bits, from, table, slot * words, words);
      count++;
    }
  }

  /** Different patterns so far. */
  int count() {
    return count;
  }

  /** Where the pattern is, or else belongs. */
  private int slot(long[] bits, int from) {
    long hash = 0;
    for (int i = 0; i < words; i++) {
      hash = (hash ^ bits[from + i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    int slot = (int) hash & (taken.length - 1);
    while (taken[slot]
        && !Arrays.equals(table, slot * words, (slot + 1) * words, bits, from, from + words)) {
      slot = (slot + 1) & (taken.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] before = table;
    boolean[] were = taken;
    table = new long[Math.multiplyExact(2, before.length)];
    taken = new boolean[2 * were.length];
    for (int slot = 0; slot < were.length; slot++) {
      if (were[slot]) {
        int to = slot(before, slot * words);
        taken[to] = true;
        System.arraycopy(before, slot * words, table, to * words, words);
      }
    }
  }
}
