package dev.espalier.cli.up;

import dev.espalier.cli.home.Processes;
import dev.espalier.workers.metrics.Discovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts an installation's parts in the order in which they need each other: Temporal, API with the
 * store, workers.
 *
 * <p>Each waits by itself for those before it, so all are started at once and asked in that order
 * whether they answer: a start takes as long as the slowest part, not as all together.
 */
final class StartUp {
  private final Supervisor supervisor;
  private final Ports ports;
  private final Installation installation;
  private final List<Started> started = new ArrayList<>();

  /** A part on its way, and what is said when it answers. */
  private record Started(Keeper keeper, String message) {}

  StartUp(Supervisor supervisor, @Nullable Path temporalBinary) {
    this.supervisor = supervisor;
    this.ports = new Ports(supervisor.home());
    this.installation =
        new Installation(
            supervisor.home(), supervisor.options(), temporalBinary, supervisor.secret());
  }

  /** Returns when every part answers. */
  void run(List<WorkerPlan> workers) throws InterruptedException {
    int wanted = supervisor.options().port();
    int apiPort = wanted > 0 ? ports.fixed("api", wanted) : ports.of("api");
    String temporal = temporal();
    String store = api(apiPort, temporal);
    for (WorkerPlan plan : workers) {
      worker(plan, temporal, store);
    }
    for (Started part : started) {
      part.keeper().awaitFirstAnswer();
      supervisor.tell(part.message());
    }
    supervisor.ready();
  }

  private String temporal() throws InterruptedException {
    String elsewhere = supervisor.options().temporal();
    if (elsewhere != null) {
      supervisor.tell("temporal: using " + elsewhere);
      supervisor.note(before ->
          before.with(
              new Processes.Temporal(0, null, "", elsewhere, 0, supervisor.options().namespace())));
      return elsewhere;
    }
    int port = ports.of("temporal");
    int page = ports.of("temporal-ui");
    int metrics = ports.of("temporal-metrics");
    String address = "127.0.0.1:" + port;
    Keeper keeper =
        supervisor.begin(
            installation.temporal(port, page, ports.of("temporal-http"), metrics),
            (before, process) ->
                before.with(
                    new Processes.Temporal(
                        process.pid(),
                        process.startedAt(),
                        process.mark(),
                        address,
                        page,
                        supervisor.options().namespace())));
    new Discovery(supervisor.home().metrics(), "temporal")
        .write(metrics, Map.of("process", "temporal"));
    started.add(
        new Started(
            keeper,
            "temporal: ready at %s (its own page: http://127.0.0.1:%d)".formatted(address, page)));
    return address;
  }

  private String api(int port, String temporal) throws InterruptedException {
    int storePort = ports.of("store");
    String elsewhere = supervisor.options().mongodb();
    Processes.Store store =
        elsewhere == null ? Installation.embeddedStore(storePort) : new Processes.Store(elsewhere);
    String url = Installation.apiUrl(port);
    supervisor.note(before -> before.with(store));
    Keeper keeper =
        supervisor.begin(
            installation.api(port, storePort, temporal),
            (before, process) ->
                before.with(
                    new Processes.Api(
                        process.pid(), process.startedAt(), process.mark(), port, url)));
    new Discovery(supervisor.home().metrics(), "api")
        .write(port, Map.of("process", "api", "__metrics_path__", "/prometheus"));
    started.add(
        new Started(
            keeper,
            "api: ready at %s, store: %s"
                .formatted(url, elsewhere == null ? supervisor.home().storeFile() : elsewhere)));
    return store.uri();
  }

  private void worker(WorkerPlan plan, String temporal, String store) throws InterruptedException {
    int metricsPort = ports.of(plan.name());
    Keeper keeper =
        supervisor.begin(
            installation.worker(plan, metricsPort, temporal, store),
            (before, process) ->
                before.with(
                    new Processes.Worker(
                        process.pid(),
                        process.startedAt(),
                        process.mark(),
                        plan.name(),
                        plan.device(),
                        metricsPort)));
    started.add(
        new Started(
            keeper,
            "%s: ready, %d slot%s"
                .formatted(plan.name(), plan.slots(), plan.slots() == 1 ? "" : "s")));
  }
}
