package dev.espalier.activities.unit;

import dev.espalier.store.Units;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells by its beats whether someone else's attempt is dead; no clock but this one is asked. */
final class Silence {
  private final Duration limit;
  private Units.@Nullable Holder heard;
  private long sinceNanos;

  Silence(Duration limit) {
    this.limit = limit;
  }

  boolean isDead(Units.Holder holder) {
    if (!holder.equals(heard)) {
      heard = holder;
      sinceNanos = System.nanoTime();
    }
    return System.nanoTime() - sinceNanos > limit.toNanos();
  }
}
