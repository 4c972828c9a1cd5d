package dev.espalier.activities.unit;

import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.store.Store;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs units of work as activities, and raises the alarm where two runs of one differ. */
public final class UnitsOfWork {
  private final Store store;
  private final EspalierMetrics metrics;
  private final String workerId;
  private final Attempts attempts;

  private UnitsOfWork(Store store, EspalierMetrics metrics, String workerId, Attempts attempts) {
    this.store = store;
    this.metrics = metrics;
    this.workerId = workerId;
    this.attempts = attempts;
  }

  /**
   * Units of a worker, which has its work from Temporal.
   *
   * @param space of the disks it writes to
   * @param isolation for what kills its processes; null to run everything in this one
   * @param leave ends this process, since a unit of work in it hangs
   */
  public static UnitsOfWork owned(
      Store store,
      EspalierMetrics metrics,
      String workerId,
      FreeSpace space,
      Patience patience,
      @Nullable Isolation isolation,
      Runnable leave) {
    return new UnitsOfWork(
        store,
        metrics,
        workerId,
        new OwnedAttempts(store, metrics, workerId, space, patience, isolation, leave));
  }

  /** The one unit of a process that runs for a worker. */
  public static UnitsOfWork alone(
      Store store,
      EspalierMetrics metrics,
      String workerId,
      FreeSpace space,
      Errand errand,
      AloneReport report) {
    return new UnitsOfWork(store, metrics, workerId, new AloneAttempts(errand, report, space));
  }

  /**
   * Runs one attempt in the current activity. Where another experiment is at the same unit, such as
   * a training that both need, it waits for that one.
   */
  public <R> R attempt(UnitName unit, Task<R> task, Function<Attempt, R> work) {
    return attempts.attempt(unit, task, work);
  }

  /**
   * Raises the alarm that something computed twice came out differently; what was recorded first
   * counts.
   */
  public void nondeterminism(String experimentId, String stage, String what) {
    metrics.nondeterminism(stage);
    store
        .events()
        .append(
            experimentId,
            "nondeterminism/" + what,
            "nondeterminism",
            "%s in stage %s gave another result than the one recorded: the first one counts. Please report this."
                .formatted(what, stage),
            workerId);
  }

  /**
   * Notes that a unit was computed to its end twice, with the same result: a worker that was taken
   * for dead was alive.
   */
  public void repeated(UnitName unit) {
    store
        .events()
        .append(
            unit.ref().experimentId(),
            "repeated/" + unit.id(),
            "repeated",
            "%s was done twice, with the same result: its first worker had been taken for dead"
                .formatted(unit.words()),
            workerId);
  }
}
