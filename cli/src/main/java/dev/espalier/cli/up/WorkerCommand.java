package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.home.Servers;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import dev.espalier.store.program.CommandPolicy;
import dev.espalier.workers.ActivityRegistration;
import dev.espalier.workers.WorkerProcess;
import dev.espalier.workers.WorkerSettings;
import dev.espalier.workers.provision.GpuNatives;
import dev.espalier.workflows.client.TemporalNamespace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier worker}. */
@Command(
    name = "worker",
    description = {
      "Computes what task queues hold, on one device; any number of workers, on any machines.",
      "SIGTERM: saves checkpoints, hands its work on and ends."
    })
public final class WorkerCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();

  @Option(
      names = "--queue",
      required = true,
      paramLabel = "cpu|gpu",
      description = "Which work to take.")
  private String queue = "";

  @Option(
      names = "--device",
      required = true,
      paramLabel = "cpu|cuda:N",
      description = "Where to compute it.")
  private String device = "";

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "How much to compute at a time (default: one a core, as far as memory allows; 1 on a GPU).")
  private @Nullable Integer slots;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "Temporal's server (default: that of the home's `up`).")
  private @Nullable String temporal;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description =
          "Namespace of Temporal's server (default: that of the home's `up`, else default).")
  private @Nullable String namespace;

  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      description = "The store (default: ESPALIER_MONGODB, else that of the home's `up`).")
  private @Nullable String mongodb = System.getenv(Installation.STORE_URI);

  @Option(
      names = "--metrics-port",
      paramLabel = "N",
      description = "Loopback port of /metrics (default: a free one).")
  private int metricsPort;

  @Option(
      names = "--no-commands",
      description = "Run no training programs of people's own (evaluation.command).")
  private boolean noCommands;

  @Override
  public Integer call() throws InterruptedException {
    if (noCommands) {
      System.setProperty(CommandPolicy.PROPERTY, CommandPolicy.OFF);
    }
    WorkerSettings settings = settings(home.home());
    home.home().prepare();
    if (settings.onGpu() && System.getenv("PYTORCH_LIBRARY_PATH") == null) {
      GpuNatives.provide(
          home.home().engine(), System.err::println); // refuses where there is no driver
      throw new InvalidInput(
          "a GPU's libraries must be in the environment when Java starts: "
              + "start this worker with ./espalier, which sees to it");
    }
    try (Store store = Store.connect(settings.mongodb());
        WorkerProcess worker = WorkerProcess.start(settings, new ActivityRegistration());
        UntilSignal _ = UntilSignal.closing(worker::close);
        Abandoned _ = Abandoned.watch(home.home(), Unfinished.askStore(store), worker::close)) {
      worker.run();
    }
    return 0;
  }

  private WorkerSettings settings(Home place) {
    List<String> missing = new ArrayList<>();
    Optional<RunningHome> running =
        temporal == null || mongodb == null ? RunningHome.findReadable(place) : Optional.empty();
    Servers elsewhere = Servers.of(place);
    String server =
        firstOf(temporal, running.map(RunningHome::temporal).orElse(null), elsewhere.temporal());
    String store =
        firstOf(mongodb, running.map(RunningHome::storeUri).orElse(null), elsewhere.mongodb());
    if (server.isEmpty()) {
      missing.add("--temporal");
    }
    if (store.isEmpty()) {
      missing.add("--mongodb");
    }
    if (!missing.isEmpty()) {
      throw new InvalidInput(
          "nothing runs in the home %s to work for: start it (espalier up), or give %s"
              .formatted(place, String.join(" and ", missing)));
    }
    String part =
        firstOf(
            namespace,
            running.map(RunningHome::namespace).orElse(null),
            Objects.requireNonNullElse(elsewhere.namespace(), TemporalNamespace.DEFAULT));
    int defaultSlots = device.startsWith("cuda") ? 1 : HeapSize.slots();
    return new WorkerSettings(
        queue,
        device,
        slots == null ? defaultSlots : slots,
        server,
        part,
        store,
        place.root(),
        metricsPort);
  }

  private static String firstOf(@Nullable String... choices) {
    return Arrays.stream(choices).filter(Objects::nonNull).findFirst().orElse("");
  }
}
