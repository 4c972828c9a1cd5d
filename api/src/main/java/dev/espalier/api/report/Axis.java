package dev.espalier.api.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with round ticks, mapped onto a stretch of a drawing.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param from coordinate of {@code low}, in the drawing's units
 * @param to coordinate of {@code high}
 */
record Axis(double low, double high, double from, double to, List<Double> ticks, int decimals) {

  /**
   * An axis that covers all values, widened to round numbers; about {@code wanted} ticks.
   *
   * @param leastStep no tick step is smaller: 1 where the values count something
   */
  static Axis covering(
      double least, double most, double from, double to, int wanted, double leastStep) {
    double low = least;
    double high = most;
    if (!(high > low)) {
      double room = low == 0 ? 1 : Math.abs(low) * 0.1;
      low -= room;
      high += room;
    }
    double rough = (high - low) / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double scaled = rough / power;
    double step =
        Math.max(leastStep, power * (scaled <= 1 ? 1 : scaled <= 2 ? 2 : scaled <= 5 ? 5 : 10));
    long first = (long) Math.floor(low / step + 1e-9);
    long last = (long) Math.ceil(high / step - 1e-9);
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return new Axis(first * step, last * step, from, to, List.copyOf(ticks), decimals);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  String label(double tick) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", tick == 0 ? 0.0 : tick);
  }
}
