package dev.espalier.learning.predictor.convolution;

import dev.espalier.learning.predictor.convolution.Blocks.Factor;
import dev.espalier.learning.predictor.convolution.Blocks.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Different states of a layer, each by a key, and their products with the next layer's weights,
 * {@code [2 p]}: along the edges and against them. States are multiplied many at a time.
 */
final class StateTable {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FRESH = 96;
  private static final int LEAST = 1 << 10;

  private final int p;
  private final float[] weightsAlong; // [p, p]
  private final float[] weightsAgainst; // [p, p]
  private final List<float[]> pages = new ArrayList<>();
  private final float[] fresh; // states that are not multiplied yet, [FRESH, p]
  private long[] slots = new long[2 * LEAST]; // a key, and beside it its row, counted from 1
  private int count;
  private int multiplied;

  StateTable(int p, float[] weightsAlong, float[] weightsAgainst) {
    this.p = p;
    this.weightsAlong = weightsAlong;
    this.weightsAgainst = weightsAgainst;
    this.fresh = new float[FRESH * p];
  }

  int count() {
    return count;
  }

  /** Forgets all states. */
  void clear() {
    Arrays.fill(slots, 0);
    count = 0;
    multiplied = 0;
  }

  /** The row of this key, or -1. */
  int find(long key) {
    return (int) slots[slot(key) + 1] - 1;
  }

  /** Where a key is, or where it would be put. */
  private int slot(long key) {
    int mask = slots.length - 1;
    int at = ((int) key << 1) & mask;
    while (slots[at + 1] != 0 && slots[at] != key) {
      at = (at + 2) & mask;
    }
    return at;
  }

  /** A new row under a key that is not there; its state is to be written at {@link #state}. */
  int add(long key) {
    if (count - multiplied == FRESH) {
      multiply();
    }
    if (4 * count >= slots.length) {
      grow();
    }
    put(key, count);
    return count++;
  }

  private void put(long key, int row) {
    int at = slot(key);
    slots[at] = key;
    slots[at + 1] = row + 1L;
  }

  private void grow() {
    long[] former = slots;
    slots = new long[2 * former.length];
    for (int i = 0; i < former.length; i += 2) {
      if (former[i + 1] != 0) {
        put(former[i], (int) former[i + 1] - 1);
      }
    }
  }

  /** Where the states of new rows are written. */
  float[] states() {
    return fresh;
  }

  /** Where the state of a new row begins among them. */
  int state(int row) {
    return (row - multiplied) * p;
  }

  /** Multiplies what is new; before that, new rows have no products. */
  void multiply() {
    while (multiplied < count) {
      int place = multiplied & PAGE - 1;
      if (multiplied >>> PAGE_BITS == pages.size()) {
        pages.add(new float[(PAGE + Blocks.ROWS) * 2 * p]);
      }
      float[] page = pages.get(multiplied >>> PAGE_BITS);
      int rows = Math.min(count - multiplied, PAGE - place);
      Factor x = Factor.rows(fresh, p);
      Blocks.multiply(
          x, Panel.of(weightsAlong, p), new Panel(page, place * 2 * p, 2 * p), rows, p, p);
      Blocks.multiply(
          x, Panel.of(weightsAgainst, p), new Panel(page, place * 2 * p + p, 2 * p), rows, p, p);
      System.arraycopy(fresh, rows * p, fresh, 0, (count - multiplied - rows) * p);
      multiplied += rows;
    }
  }

  /** The array that holds the products of a row. */
  float[] page(int row) {
    return pages.get(row >>> PAGE_BITS);
  }

  /** Where they begin in it. */
  int place(int row) {
    return (row & PAGE - 1) * 2 * p;
  }
}
