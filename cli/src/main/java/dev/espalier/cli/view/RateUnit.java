package dev.espalier.cli.view;

import java.util.Locale;

/** In what a rate is told: once chosen it stays, so that two rates can be compared at a glance. */
enum RateUnit {
  SECOND(1, "/s"),
  MINUTE(60, "/min"),
  HOUR(3600, "/h");

  private static final double LEAST = 0.95;
  private static final double SMALLEST_SHOWN = 0.05;
  private static final double MOST = 10_000;

  private final int seconds;
  private final String sign;

  RateUnit(int seconds, String sign) {
    this.seconds = seconds;
    this.sign = sign;
  }

  /** The smallest in which there is at least one. */
  static RateUnit fitting(double perSecond) {
    for (RateUnit unit : values()) {
      if (perSecond * unit.seconds >= LEAST) {
        return unit;
      }
    }
    return HOUR;
  }

  /** Whether a rate can still be told in it. */
  boolean holds(double perSecond) {
    double value = perSecond * seconds;
    return perSecond == 0 || (value >= SMALLEST_SHOWN && value < MOST);
  }

  /** {@code 14.2/min}. */
  String text(double perSecond) {
    return String.format(Locale.ROOT, "%.1f%s", perSecond * seconds, sign);
  }
}
