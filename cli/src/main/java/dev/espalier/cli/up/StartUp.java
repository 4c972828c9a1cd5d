package dev.espalier.cli.up;

import dev.espalier.cli.home.Processes;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workers.metrics.Discovery;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts an installation's parts in the order in which they need each other: Temporal, API with the
 * store, workers.
 *
 * <p>Each waits by itself for those before it, so all are started at once and asked in that order
 * whether they answer: a start takes as long as the slowest part, not as all together.
 */
final class StartUp implements AutoCloseable {
  private static final String TEMPORAL = "temporal";
  private static final String API = "api";
  private static final String STORE = "store";
  private static final String TEMPORAL_PAGE = "temporal-ui";

  private final Supervisor supervisor;
  private final Ports ports;
  private final Installation installation;
  private final TemporalPart temporalPart;
  private final List<Started> started = new ArrayList<>();
  private final Instant begun = Instant.now();

  /** Where Temporal and the store are, for those who need them; changes when a port was taken. */
  private volatile String temporal = "";

  private volatile String store = "";

  /** Temporal's own page, where it was asked for. */
  private @Nullable TemporalPage page;

  /** A part on its way, and what is said when it answers. */
  private record Started(Keeper keeper, Supplier<String> message) {}

  StartUp(Supervisor supervisor, @Nullable Path temporalBinary) {
    this.supervisor = supervisor;
    this.ports = new Ports(supervisor.home());
    this.installation =
        new Installation(
            supervisor.home(), supervisor.options(), temporalBinary, supervisor.secret());
    this.temporalPart =
        new TemporalPart(
            supervisor.home().temporalDatabase(),
            supervisor.home().log(TEMPORAL),
            supervisor::tell);
  }

  /** Returns when every part answers. */
  void run(List<WorkerPlan> workers) throws InterruptedException {
    apiPort(); // refused before anything starts, where it was asked for and is taken
    String elsewhere = supervisor.options().temporal();
    temporal = elsewhere == null ? Installation.loopback(ports.of(TEMPORAL)) : elsewhere;
    store = installation.store(ports.of(STORE)).uri();
    if (elsewhere == null) {
      if (supervisor.options().temporalPage()) {
        page = TemporalPage.open(ports.of(TEMPORAL_PAGE));
      }
      begin(
          TEMPORAL,
          this::temporal,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          () -> "temporal: ready at %s%s".formatted(temporal, pageInWords()));
    } else {
      supervisor.tell("temporal: using " + elsewhere);
      supervisor.note(before ->
          before.with(
              new Processes.Temporal(0, null, "", elsewhere, 0, supervisor.options().namespace())));
    }
    begin(
        API,
        this::api,
        Duration.ofSeconds(120),
        Duration.ofSeconds(12),
        () ->
            "api: ready at %s, store: %s"
                .formatted(Installation.apiUrl(ports.last(API)), storeInWords()));
    for (WorkerPlan plan : workers) {
      begin(
          plan.name(),
          () -> worker(plan),
          Duration.ofSeconds(180),
          Duration.ofSeconds(20),
          () ->
              "%s: ready, %d slot%s"
                  .formatted(plan.name(), plan.slots(), plan.slots() == 1 ? "" : "s"));
    }
    for (Started part : started) {
      part.keeper().awaitFirstAnswer();
      supervisor.tell(part.message().get());
    }
    EmbeddedStore.newsSince(supervisor.home().storeFile(), begun)
        .ifPresent(news -> supervisor.tell("store: " + news));
    supervisor.ready();
  }

  private void begin(
      String name,
      Part.Start start,
      Duration startPatience,
      Duration stopPatience,
      Supplier<String> message)
      throws InterruptedException {
    Keeper keeper = supervisor.begin(new Part(name, start, startPatience, stopPatience));
    started.add(new Started(keeper, message));
  }

  private String storeInWords() {
    String elsewhere = supervisor.options().mongodb();
    return elsewhere == null
        ? supervisor.home().storeFile().toString()
        : Store.withoutPassword(elsewhere);
  }

  private int apiPort() {
    int wanted = supervisor.options().port();
    return wanted > 0 ? ports.fixed(API, wanted) : ports.of(API);
  }

  private Part.Launch temporal() {
    temporalPart.mend();
    int port = ports.of(TEMPORAL);
    int http = ports.of("temporal-http");
    int metrics = ports.of("temporal-metrics");
    String address = Installation.loopback(port);
    if (!address.equals(temporal)) {
      temporal = address;
      supervisor.startOthersAgain(
          name -> !name.equals(TEMPORAL), "Temporal has another port now: " + port);
    }
    new Discovery(supervisor.home().metrics(), TEMPORAL)
        .write(metrics, Map.of("process", TEMPORAL));
    InetSocketAddress behind = page == null ? null : page.drawBehind();
    return installation.temporal(port, behind, http, metrics).with(temporalPart::watching);
  }

  /** Ends what is shown from this process itself. */
  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
  }

  private String pageInWords() {
    return page == null
        ? ""
        : " (its own page: http://%s)".formatted(Installation.loopback(ports.last(TEMPORAL_PAGE)));
  }

  private Part.Launch api() {
    int port = apiPort();
    int storePort = ports.of(STORE);
    String uri = installation.store(storePort).uri();
    if (!uri.equals(store)) {
      store = uri;
      supervisor.startOthersAgain(
          name -> !name.equals(API) && !name.equals(TEMPORAL),
          "the store has another port now: " + storePort);
    }
    new Discovery(supervisor.home().metrics(), API)
        .write(port, Map.of("process", API, "__metrics_path__", "/prometheus"));
    return installation.api(port, storePort, temporal);
  }

  private Part.Launch worker(WorkerPlan plan) {
    return installation.worker(plan, ports.of(plan.name()), temporal, store);
  }
}
