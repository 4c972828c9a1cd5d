package dev.espalier.activities.unit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Notices that an attempt comes no step further, as one does in a native call that never returns:
 * its heart beats on, in another thread.
 */
final class Standstill {
  private final Stillness limits;
  private final Pace pace;
  private final String stage;
  private final LongSupplier nanoTime;
  private volatile long lastStep;
  private volatile boolean alarmed;

  Standstill(Stillness limits, Pace pace, String stage, LongSupplier nanoTime) {
    this.limits = limits;
    this.pace = pace;
    this.stage = stage;
    this.nanoTime = nanoTime;
    this.lastStep = nanoTime.getAsLong();
  }

  /** The longest steps of each stage in this process's time, over all its units. */
  static final class Pace {
    private final Map<String, Long> longest = new ConcurrentHashMap<>();

    private void took(String stage, long nanos) {
      longest.merge(stage, nanos, Math::max);
    }

    private long longest(String stage) {
      return longest.getOrDefault(stage, 0L);
    }
  }

  /** What is to be done. */
  enum Finding {
    NOTHING,
    /** Answered once a standstill. */
    ALARM,
    END
  }

  void step() {
    long now = nanoTime.getAsLong();
    pace.took(stage, now - lastStep);
    lastStep = now;
    alarmed = false;
  }

  Finding look() {
    long still = nanoTime.getAsLong() - lastStep;
    long borne = Math.max(limits.alarm().toNanos(), limits.timesLongest() * pace.longest(stage));
    if (still > limits.timesAlarm() * borne) {
      return Finding.END;
    }
    if (still > borne && !alarmed) {
      alarmed = true;
      return Finding.ALARM;
    }
    return Finding.NOTHING;
  }

  /** Since the last step. */
  long seconds() {
    return (nanoTime.getAsLong() - lastStep) / 1_000_000_000;
  }
}
