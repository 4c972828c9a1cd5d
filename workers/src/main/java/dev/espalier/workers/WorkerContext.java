package dev.espalier.workers;

import dev.espalier.activities.unit.Isolation;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;
import dev.espalier.workers.alone.OwnProcesses;
import dev.espalier.workers.alone.UnitRegistration;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.worker.WorkerFactory;

/**
 * All that the work of a worker is made from.
 *
 * @param factory makes the pollers; started once everything is registered
 * @param torch the engine on the worker's device, proven to work
 * @param workerId names this process in attempts and events
 * @param leave ends this worker, since a unit of work in it hangs: the others hand on what they do
 */
public record WorkerContext(
    WorkerFactory factory,
    Store store,
    Torch torch,
    MeterRegistry metrics,
    WorkerSettings settings,
    String workerId,
    Runnable leave) {

  /**
   * Processes of their own for units of work that kill those of others.
   *
   * @param activities what they know
   */
  public Isolation isolation(Class<? extends UnitRegistration> activities) {
    return new OwnProcesses(settings, torch.numericClass(), workerId, activities);
  }
}
