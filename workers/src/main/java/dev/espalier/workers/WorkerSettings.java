package dev.espalier.workers;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.workflows.client.TemporalNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a worker process does, for whom.
 *
 * @param queue {@code cpu} or {@code gpu}: which work it takes
 * @param device {@code cpu} or {@code cuda:N}: where it computes
 * @param slots how many activities compute at a time, one engine thread each
 * @param temporal HOST:PORT of Temporal's server
 * @param namespace of Temporal's server
 * @param mongodb the store, with its database
 * @param home where it keeps reports, its cache and the record for Prometheus
 * @param metricsPort loopback port of {@code /metrics}; 0 for a free one
 */
public record WorkerSettings(
    String queue,
    String device,
    int slots,
    String temporal,
    String namespace,
    String mongodb,
    Path home,
    int metricsPort) {
  private static final Pattern DEVICE = Pattern.compile("cpu|cuda:\\d{1,2}");

  public WorkerSettings {
    List<String> problems = new ArrayList<>();
    if (!queue.equals("cpu") && !queue.equals("gpu")) {
      problems.add("--queue must be cpu or gpu, but was '%s'".formatted(queue));
    }
    if (!DEVICE.matcher(device).matches()) {
      problems.add(
          "--device must be cpu, or cuda:0 (cuda:1, ...) for a GPU, but was '%s'"
              .formatted(device));
    } else if (queue.equals("cpu") == device.startsWith("cuda")) {
      problems.add(
          "--queue %s does not fit --device %s: use --queue %s"
              .formatted(queue, device, device.equals("cpu") ? "cpu" : "gpu"));
    }
    if (slots < 1 || slots > 1024) {
      problems.add(
          "--slots must be between 1 and 1024, but was %d: as many as cores is a good choice"
              .formatted(slots));
    }
    if (metricsPort < 0 || metricsPort > 65_535) {
      problems.add(
          "--metrics-port must be between 0 (a free one) and 65535, but was " + metricsPort);
    }
    if (!TemporalNamespace.isName(namespace)) {
      problems.add(
          "--namespace must be letters, digits, dots, hyphens and underscores, but was '%s'"
              .formatted(namespace));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  public boolean onGpu() {
    return device.startsWith("cuda");
  }

  /** In log lines and in file names. */
  public String name() {
    return "worker-" + (onGpu() ? device.replace(":", "-") : "cpu");
  }
}
