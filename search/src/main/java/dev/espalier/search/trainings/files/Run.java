package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import java.util.Arrays;

/**
 * What was measured of one training, by moment and metric; NaN where unknown.
 *
 * <p>The same object is filled again and again: tables have millions of them.
 */
final class Run {
  static final int VALUES = Moment.values().length * Metric.values().length;

  private final float[] values = new float[VALUES];

  Run() {
    clear();
  }

  void clear() {
    Arrays.fill(values, Float.NaN);
  }

  static int place(Moment moment, Metric metric) {
    return moment.place() * Metric.values().length + metric.place();
  }

  /**
   * Keeps a number.
   *
   * @throws InvalidInput if it cannot be what it should
   */
  void set(Moment moment, Metric metric, double value) {
    if (!(value >= 0) || Double.isInfinite(value) || (metric.isAccuracy() && value > 1)) {
      throw new InvalidInput(
          metric.isAccuracy()
              ? "the %s %s accuracy must be a ratio between 0 and 1, but is %s%s"
                  .formatted(
                      moment.label(),
                      metric.label(),
                      shown(value),
                      value > 1 && value <= 100 ? ": percent? Divide all accuracies by 100" : "")
              : "the %s time must be 0 s or more, but is %s"
                  .formatted(moment.label(), shown(value)));
    }
    values[place(moment, metric)] = (float) value;
  }

  private static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  float get(int place) {
    return values[place];
  }

  boolean isEmpty() {
    for (float value : values) {
      if (!Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }
}
