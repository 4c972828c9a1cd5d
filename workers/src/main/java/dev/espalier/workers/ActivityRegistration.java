package dev.espalier.workers;

import dev.espalier.activities.ActivityWorkers;
import dev.espalier.activities.data.DataFetch;
import dev.espalier.activities.metrics.EspalierMetrics;
import java.util.function.Function;

/** The project's own workflows and activities. */
public final class ActivityRegistration implements WorkerRegistration {
  private final Function<WorkerContext, DataFetch> fetch;

  /** Data sets that are not in the store yet are fetched this way. */
  public ActivityRegistration(Function<WorkerContext, DataFetch> fetch) {
    this.fetch = fetch;
  }

  @Override
  public Registered register(WorkerContext context) {
    ActivityWorkers workers =
        ActivityWorkers.register(
            context.factory(),
            new ActivityWorkers.Setup(
                context.store(),
                context.torch(),
                new EspalierMetrics(context.metrics()),
                fetch.apply(context),
                context.settings().home().resolve("cache").resolve("data"),
                context.settings().slots(),
                context.workerId()));
    return workers::close;
  }
}
