package dev.espalier.activities;

import dev.espalier.activities.data.DataFetch;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.data.PrepareDataActivity;
import dev.espalier.activities.evaluation.NetworkTrainingActivities;
import dev.espalier.activities.evolution.EvolvingActivities;
import dev.espalier.activities.experiment.BookkeepingActivities;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.prediction.FittingActivities;
import dev.espalier.activities.pruning.MeasuringActivities;
import dev.espalier.activities.report.ReportingActivities;
import dev.espalier.activities.sampling.SampleActivities;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowTypes;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Registers workflows and activities with a worker's factory: the one place that knows them all.
 */
public final class ActivityWorkers implements AutoCloseable {
  /** A loaded machine can hold a workflow thread back for seconds without anything being wrong. */
  private static final Duration DEADLOCK = Duration.ofSeconds(20);

  private static final int BOOKKEEPING_AT_ONCE = 8;

  private final MeasuringActivities measuring;

  private ActivityWorkers(MeasuringActivities measuring) {
    this.measuring = measuring;
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
      String workerId) {}

  /** Registers everything; the factory is started by the caller. */
  public static ActivityWorkers register(WorkerFactory factory, Setup setup) {
    String identity = setup.store().identity();
    Worker workflows =
        factory.newWorker(
            TaskQueues.workflows(identity),
            options().setMaxConcurrentActivityExecutionSize(BOOKKEEPING_AT_ONCE).build());
    workflows.registerWorkflowImplementationTypes(WorkflowTypes.implementations());
    workflows.registerActivitiesImplementations(
        new BookkeepingActivities(setup.store(), setup.metrics()));

    Store store = setup.store();
    EspalierMetrics metrics = setup.metrics();
    Torch torch = setup.torch();
    UnitsOfWork units = new UnitsOfWork(store, metrics, setup.workerId());
    LoadedDatasets datasets = new LoadedDatasets(store, setup.dataCache());
    MeasuringActivities measuring = new MeasuringActivities(store, units, metrics, torch, datasets);
    Worker compute =
        factory.newWorker(
            TaskQueues.compute(identity, torch.numericClass()),
            options().setMaxConcurrentActivityExecutionSize(setup.slots()).build());
    compute.registerActivitiesImplementations(
        new PrepareDataActivity(store, units, setup.fetch(), datasets),
        measuring,
        new NetworkTrainingActivities(store, units, metrics, torch, datasets),
        new SampleActivities(store, units, datasets, torch.numericClass()),
        new FittingActivities(store, units, metrics, torch),
        new EvolvingActivities(store, units, metrics, torch, datasets),
        new ReportingActivities(store, units, metrics, torch, datasets));
    return new ActivityWorkers(measuring);
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
    measuring.close();
  }
}
