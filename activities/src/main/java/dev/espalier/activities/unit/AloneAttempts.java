package dev.espalier.activities.unit;

import dev.espalier.search.canonical.Json;
import java.util.function.Function;

/**
 * Attempts of a process that runs one unit for a worker: that worker has begun the attempt, and
 * ends it by what it is told.
 */
final class AloneAttempts implements Attempts {
  private final Errand errand;
  private final AloneReport report;
  private final FreeSpace space;

  AloneAttempts(Errand errand, AloneReport report, FreeSpace space) {
    this.errand = errand;
    this.report = report;
    this.space = space;
  }

  @Override
  public <R> R attempt(UnitName unit, Task<R> task, Function<Attempt, R> work) {
    Attempt attempt =
        new Attempt(
            new Ownership() {
              @Override
              public boolean isLost() {
                return report.stopWanted();
              }

              @Override
              public void point(String checkpoint) {
                report.pointed(checkpoint);
              }

              @Override
              public void step() {
                report.stepped();
              }

              @Override
              public boolean isStuck() {
                return false; // the worker watches
              }
            },
            errand.attemptToken(),
            errand.recovery());
    R result;
    try {
      result = work.apply(attempt);
    } catch (Throwable thrown) { // an Error too: it is the attempt's end, not the process's
      report.failed(Failure.of(thrown, space));
      throw thrown;
    }
    report.answered(Json.write(result));
    return result;
  }
}
