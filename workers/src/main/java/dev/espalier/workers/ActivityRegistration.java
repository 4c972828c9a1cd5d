package dev.espalier.workers;

import dev.espalier.activities.ActivityWorkers;
import dev.espalier.activities.data.DataCatalog;
import dev.espalier.activities.metrics.EspalierMetrics;
import java.nio.file.Path;

/** The project's own workflows and activities. */
public final class ActivityRegistration implements WorkerRegistration {
  @Override
  public Registered register(WorkerContext context) {
    Path home = context.settings().home();
    ActivityWorkers workers =
        ActivityWorkers.register(
            context.factory(),
            new ActivityWorkers.Setup(
                context.store(),
                context.torch(),
                new EspalierMetrics(context.metrics()),
                new DataCatalog(context.store(), home).onDemand(),
                home.resolve("cache").resolve("data"),
                context.settings().slots(),
                context.workerId()));
    return workers::close;
  }
}
