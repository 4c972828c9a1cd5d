package dev.espalier.activities;

import dev.espalier.activities.data.DataFetch;
import dev.espalier.activities.experiment.BookkeepingActivities;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.FreeSpace;
import dev.espalier.activities.unit.Isolation;
import dev.espalier.activities.unit.Patience;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.worker.WorkflowTypes;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Registers workflows and activities with a worker's factory: the one place that knows them all.
 */
public final class ActivityWorkers implements AutoCloseable {
  /** A loaded machine can hold a workflow thread back for seconds without anything being wrong. */
  private static final Duration DEADLOCK = Duration.ofSeconds(20);

  private static final int BOOKKEEPING_AT_ONCE = 8;

  private final Activities activities;

  private ActivityWorkers(Activities activities) {
    this.activities = activities;
  }

  /**
   * What a worker works with.
   *
   * @param slots units of work at once, each on an engine thread of its own
   * @param dataCache folder for copies of data sets
   * @param workerId names the worker in events and attempts
   */
  public record Setup(
      Store store,
      Torch torch,
      EspalierMetrics metrics,
      DataFetch fetch,
      Path dataCache,
      int slots,
      String workerId) {
    /** Of the disks that units of work write to. */
    public FreeSpace space() {
      return new FreeSpace(List.of(dataCache, Path.of(System.getProperty("java.io.tmpdir"))));
    }
  }

  /**
   * Registers everything; the factory is started by the caller.
   *
   * @param isolation for units of work that kill their processes
   * @param leave ends this process, since a unit of work in it hangs
   */
  public static ActivityWorkers register(
      WorkerFactory factory, Setup setup, Isolation isolation, Runnable leave) {
    String identity = setup.store().identity();
    Worker workflows =
        factory.newWorker(
            TaskQueues.workflows(identity),
            options().setMaxConcurrentActivityExecutionSize(BOOKKEEPING_AT_ONCE).build());
    workflows.registerWorkflowImplementationTypes(WorkflowTypes.implementations());
    workflows.registerActivitiesImplementations(
        new BookkeepingActivities(setup.store(), setup.metrics()));

    UnitsOfWork units =
        UnitsOfWork.owned(
            setup.store(),
            setup.metrics(),
            setup.workerId(),
            setup.space(),
            Patience.usual(),
            isolation,
            leave);
    Activities activities = Activities.of(setup, units);
    Worker compute =
        factory.newWorker(
            TaskQueues.compute(identity, setup.torch().numericClass()),
            options().setMaxConcurrentActivityExecutionSize(setup.slots()).build());
    compute.registerActivitiesImplementations(activities.implementations().toArray());
    return new ActivityWorkers(activities);
  }

  private static WorkerOptions.Builder options() {
    return WorkerOptions.newBuilder()
        .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
        .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
        .setDefaultDeadlockDetectionTimeout(DEADLOCK.toMillis());
  }

  /** Frees what the indicators hold; called when the factory has stopped. */
  @Override
  public void close() {
    activities.close();
  }
}
