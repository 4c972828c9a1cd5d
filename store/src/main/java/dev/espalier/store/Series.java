package dev.espalier.store;

import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A time series of a stage: points by step, in the order of their steps. */
public record Series(String stageKey, int round, String name, List<Point> points) {
  public Series {
    points = List.copyOf(points);
  }

  /**
   * One point.
   *
   * @param step not negative
   * @param value {@code null} where it was not finite
   */
  public record Point(long step, @Nullable Double value) {
    public Point {
      if (step < 0) {
        throw new InvalidInput("a step cannot be negative, but was " + step);
      }
      value = value == null || !Double.isFinite(value) ? null : value;
    }
  }
}
