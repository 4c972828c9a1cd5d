package dev.espalier.cli.up;

import dev.espalier.cli.home.HomeOption;
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
      description = "How much to compute at a time (default: one a core on cpu, 1 on a GPU).")
  private @Nullable Integer slots;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "Temporal's server (default: that of the home's `up`).")
  private @Nullable String temporal;

  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      description = "The store (default: that of the home's `up`).")
  private @Nullable String mongodb;

  @Option(
      names = "--metrics-port",
      paramLabel = "N",
      description = "Loopback port of /metrics (default: a free one).")
  private int metricsPort;

  @Override
  public Integer call() {
    throw new IllegalStateException(
        "worker %s %s %s %s %s %s %d"
            .formatted(home.home(), queue, device, slots, temporal, mongodb, metricsPort));
  }
}
