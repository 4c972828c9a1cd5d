package dev.espalier.api.report;

import dev.espalier.search.statistics.Statistics;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: grouped, rounded, with their unit. */
public final class Figures {

  private Figures() {}

  /** {@code 1,073,466}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A whole number, however large. */
  public static String count(BigInteger value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Three significant figures with a unit: {@code 1.07 M}. */
  public static String large(long value) {
    double magnitude = Math.abs((double) value);
    if (magnitude < 10_000) {
      return count(value);
    }
    if (magnitude < 999_500) {
      return significant(value / 1e3) + " k";
    }
    return magnitude < 999_500_000
        ? significant(value / 1e6) + " M"
        : significant(value / 1e9) + " G";
  }

  /** As disks are sold: {@code 630 MB}, {@code 1.07 GB}. */
  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    if (bytes < 999_500) {
      return significant(bytes / 1e3) + " kB";
    }
    return bytes < 999_500_000
        ? significant(bytes / 1e6) + " MB"
        : significant(bytes / 1e9) + " GB";
  }

  /**
   * At least three significant figures, grouped, never an exponent below a million: {@code 34.2}.
   */
  public static String significant(double value) {
    double magnitude = Math.abs(value);
    if (!Double.isFinite(value)) {
      return "not finite";
    }
    if (magnitude >= 1e6) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : magnitude >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A ratio in [0, 1] as per cent with two decimals: {@code 52.31 %}. */
  public static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * ratio);
  }

  /** The accuracy of a training; one that has none diverged. */
  public static String accuracy(@Nullable Double ratio) {
    return ratio == null ? "diverged" : percent(ratio);
  }

  /** {@code 43.02 ± 3.50 %}: mean and deviation (n-1); of a single value the value alone. */
  public static String spread(double... ratios) {
    double mean = Statistics.mean(ratios);
    return ratios.length == 1 ? percent(mean) : percent(mean, Statistics.standardDeviation(ratios));
  }

  /** {@code 43.02 ± 3.50 %}. */
  public static String percent(double mean, double deviation) {
    return String.format(Locale.ROOT, "%.2f ± %.2f %%", 100 * mean, 100 * deviation);
  }

  /** A relative change with its sign: {@code +12.3 %}. */
  public static String change(double ratio) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * ratio);
  }

  /** {@code 0.4 s}, {@code 38.2 s}, {@code 3 min 12 s}, {@code 2 h 05 min}. */
  public static String duration(double seconds) {
    if (seconds < 59.95) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds));
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** A clock for counting up or down: {@code 0:07}, {@code 12:40}, {@code 1:02:40}. */
  public static String clock(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
  }
}
