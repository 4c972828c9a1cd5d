package dev.espalier.workers.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.workers.WorkerSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one worker process, served for Prometheus as long as the worker runs. */
public final class WorkerMetrics implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerMetrics.class);
  private static final com.uber.m3.util.Duration EVERY = com.uber.m3.util.Duration.ofSeconds(2);

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Scope scope;
  private final MetricsServer server;
  private final Discovery discovery;

  private WorkerMetrics(WorkerSettings settings, Torch torch) {
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new TemporalMeters());
    bindProcess();
    Tags tags = Tags.of("queue", settings.queue(), "device", settings.device());
    Gauge.builder("espalier.worker.slots", settings, WorkerSettings::slots)
        .description("Activities that this worker computes at a time")
        .tags(tags)
        .strongReference(true)
        .register(registry);
    Gauge.builder("espalier.device.memory", torch, Torch::deviceMemoryBytes)
        .description("Memory of the device that this worker computes on")
        .baseUnit("bytes")
        .tags(tags)
        .strongReference(true)
        .register(registry);
    this.scope =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(EVERY);
    this.server = MetricsServer.start(settings.metricsPort(), registry);
    this.discovery = new Discovery(settings.home().resolve("metrics"), settings.name());
    discovery.write(
        server.port(),
        Map.of("process", settings.name(), "queue", settings.queue(), "device", settings.device()));
  }

  /**
   * Binds a loopback port and serves {@code /metrics}; {@code /ready} says no until {@link #ready}.
   */
  public static WorkerMetrics start(WorkerSettings settings, Torch torch) {
    return new WorkerMetrics(settings, torch);
  }

  private void bindProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    garbage.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    ResidentGauge.bindTo(registry);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** Where Temporal's client reports what it measures. */
  public Scope temporalScope() {
    return scope;
  }

  public void ready() {
    server.ready();
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    discovery.remove();
    server.close();
    garbage.close();
    try {
      scope.close();
    } catch (ScopeCloseException e) {
      log.debug("the last metrics of Temporal's client were not reported", e);
    }
    registry.close();
  }
}
