package dev.espalier.workers;

import dev.espalier.activities.Activities;
import dev.espalier.activities.ActivityWorkers;
import dev.espalier.activities.data.DataCatalog;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;
import dev.espalier.workers.alone.UnitContext;
import dev.espalier.workers.alone.UnitRegistration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;

/** The project's own workflows and activities. */
public final class ActivityRegistration implements WorkerRegistration, UnitRegistration {
  @Override
  public Registered register(WorkerContext context) {
    ActivityWorkers workers =
        ActivityWorkers.register(
            context.factory(),
            setup(
                context.store(),
                context.torch(),
                context.metrics(),
                context.settings(),
                context.workerId()),
            context.isolation(ActivityRegistration.class),
            context.leave());
    return workers::close;
  }

  @Override
  public List<Object> activities(UnitContext context) {
    ActivityWorkers.Setup setup =
        setup(
            context.store(),
            context.torch(),
            new SimpleMeterRegistry(),
            context.settings(),
            context.workerId());
    UnitsOfWork units =
        UnitsOfWork.alone(
            setup.store(),
            setup.metrics(),
            setup.workerId(),
            setup.space(),
            context.errand(),
            context.report());
    return Activities.of(setup, units).implementations();
  }

  private static ActivityWorkers.Setup setup(
      Store store, Torch torch, MeterRegistry metrics, WorkerSettings settings, String workerId) {
    Path home = settings.home();
    return new ActivityWorkers.Setup(
        store,
        torch,
        new EspalierMetrics(metrics),
        new DataCatalog(store, home).onDemand(),
        home.resolve("cache").resolve("data"),
        settings.slots(),
        workerId);
  }
}
