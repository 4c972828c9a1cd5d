package dev.espalier.learning.predictor;

import dev.espalier.search.failure.InvalidInput;

/** The marks of an architecture in a {@link GraphLayout}, {@code [places, operations]}. */
public final class EncodedArchitecture {
  private final boolean[] marks;
  private final int operations;
  private final int[] counts;

  /**
   * @param marks place by place
   */
  public EncodedArchitecture(GraphLayout layout, boolean... marks) {
    if (marks.length != layout.marks()) {
      throw new InvalidInput(
          "this space has %d marks, but %d were given".formatted(layout.marks(), marks.length));
    }
    this.marks = marks.clone();
    this.operations = layout.operations();
    this.counts = new int[layout.places().size()];
    for (int i = 0; i < marks.length; i++) {
      counts[i / operations] += marks[i] ? 1 : 0;
    }
  }

  /** Whether the place has the operation. */
  boolean has(int place, int operation) {
    return marks[place * operations + operation];
  }

  /** Operations at a place. */
  public int count(int place) {
    return counts[place];
  }

  /** All marks, place by place, each {@code present} or {@code absent}. */
  float[] row(float present, float absent) {
    float[] row = new float[marks.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = marks[i] ? present : absent;
    }
    return row;
  }

  boolean mark(int position) {
    return marks[position];
  }
}
