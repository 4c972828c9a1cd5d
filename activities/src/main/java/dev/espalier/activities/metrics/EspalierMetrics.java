package dev.espalier.activities.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The project's own metrics. Labels are bounded sets; an experiment's id is a label only on the
 * gauges of {@link #gauge}, which {@link #experimentEnded} takes away.
 */
public final class EspalierMetrics {
  private final MeterRegistry registry;
  private final Map<String, ExperimentGauge> gauges = new ConcurrentHashMap<>();

  private final Map<Tags, AtomicReference<Double>> best = new ConcurrentHashMap<>();

  private record ExperimentGauge(String experimentId, Meter meter, AtomicReference<Double> value) {}

  public EspalierMetrics(MeterRegistry registry) {
    this.registry = registry;
    nondeterminismCounter("prune"); // so that an alarm on it has a zero to start from
    recoveryCounter("prune");
  }

  /** A result that differs from the one recorded under the same key. */
  public void nondeterminism(String stage) {
    nondeterminismCounter(stage).increment();
  }

  /** An attempt that went on after the one before it died. */
  public void recovery(String stage) {
    recoveryCounter(stage).increment();
  }

  /** A stage with a result. */
  public void stageCompleted(String stage, double seconds) {
    Timer.builder("espalier.stage")
        .description("Wall time of completed stages")
        .tag("stage", stage)
        .register(registry)
        .record(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** A round of a stage's loop. */
  public void roundCompleted(String stage) {
    counter("espalier.round", "Rounds of the stages' loops", stage).increment();
  }

  /** Candidates measured, or architectures trained. */
  public void candidates(String stage, int count) {
    counter("espalier.candidates", "Candidates scored", stage).increment(count);
  }

  /** A checkpoint that was written, and how long ago the one before it was. */
  public void checkpointWritten(String stage, long bytes) {
    counter("espalier.checkpoints", "Checkpoints written", stage).increment();
    counter("espalier.checkpoint.bytes", "Bytes of checkpoints written", stage)
        .increment((double) bytes);
  }

  /** A checkpoint whose bytes do not match its name: it was not loaded. */
  public void checkpointCorrupt(String stage) {
    counter("espalier.checkpoints.corrupt", "Checkpoints that did not match their digest", stage)
        .increment();
  }

  /**
   * Shows a value of one experiment until it ends.
   *
   * @param name such as {@code espalier.loss}
   */
  public void gauge(String name, String description, String experimentId, double value) {
    gauges
        .computeIfAbsent(
            name + "/" + experimentId, key -> register(name, description, experimentId))
        .value()
        .set(value);
  }

  /** Takes the experiment's gauges away. */
  public void experimentEnded(String experimentId) {
    gauges
        .values()
        .removeIf(gauge -> {
          boolean ended = gauge.experimentId().equals(experimentId);
          if (ended) {
            registry.remove(gauge.meter());
          }
          return ended;
        });
  }

  /** The best test accuracy that any experiment of that kind has reached in this process's time. */
  public void bestAccuracy(String method, String space, String dataset, double accuracy) {
    Tags labels = Tags.of("method", method, "space", space, "dataset", dataset);
    best.computeIfAbsent(
            labels,
            each -> {
              AtomicReference<Double> value = new AtomicReference<>(0.0);
              Gauge.builder("espalier.best.accuracy.ratio", value, AtomicReference::get)
                  .description("Best test accuracy of a found architecture")
                  .tags(each)
                  .strongReference(true)
                  .register(registry);
              return value;
            })
        .accumulateAndGet(accuracy, Math::max);
  }

  private ExperimentGauge register(String name, String description, String experimentId) {
    AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
    Gauge gauge =
        Gauge.builder(name, value, AtomicReference::get)
            .description(description)
            .tags(Tags.of("experiment", experimentId))
            .strongReference(true)
            .register(registry);
    return new ExperimentGauge(experimentId, gauge, value);
  }

  private Counter nondeterminismCounter(String stage) {
    return counter(
        "espalier.nondeterminism",
        "Results that differ from the one recorded under their key",
        stage);
  }

  private Counter recoveryCounter(String stage) {
    return counter(
        "espalier.recoveries", "Attempts that went on after the one before them died", stage);
  }

  private Counter counter(String name, String description, String stage) {
    return Counter.builder(name).description(description).tag("stage", stage).register(registry);
  }
}
