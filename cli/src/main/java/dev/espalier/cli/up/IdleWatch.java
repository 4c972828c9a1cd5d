package dev.espalier.cli.up;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Decides when {@code up --until-idle} is done: nothing to do, for a while, and not before the
 * first work had a chance to arrive.
 */
final class IdleWatch {
  private final Unfinished unfinished;
  private final Duration firstWork;
  private final Duration calm;
  private final long began;
  private boolean sawWork;
  private long idleSince = -1;

  /**
   * @param firstWork how long to wait for a first experiment
   * @param calm how long there must have been nothing to do: a viewer still reads the result, a
   *     next one is being sent
   */
  IdleWatch(Unfinished unfinished, Duration firstWork, Duration calm, long nowNanos) {
    this.unfinished = unfinished;
    this.firstWork = firstWork;
    this.calm = calm;
    this.began = nowNanos;
  }

  boolean isDone(long nowNanos) {
    OptionalInt count = unfinished.count();
    if (count.isEmpty()) {
      idleSince = -1;
      return false;
    }
    if (count.getAsInt() > 0) {
      sawWork = true;
      idleSince = -1;
      return false;
    }
    if (idleSince < 0) {
      idleSince = nowNanos;
    }
    boolean workHadItsChance = sawWork || nowNanos - began >= firstWork.toNanos();
    return workHadItsChance && nowNanos - idleSince >= calm.toNanos();
  }
}
