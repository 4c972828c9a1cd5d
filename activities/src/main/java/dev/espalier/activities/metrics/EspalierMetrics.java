package dev.espalier.activities.metrics;

import dev.espalier.search.method.Methods;
import dev.espalier.search.method.StageName;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.StagePlan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The project's own metrics. Labels are bounded sets; an experiment's id is a label only on its
 * gauges, which {@link #experimentEnded} takes away.
 *
 * <p>Prometheus sees that a counter has risen only if it has seen it before: so each counter starts
 * from a zero for every stage there is.
 */
public final class EspalierMetrics {
  /** Which worker hears of an experiment's end is chance: the others forget it by themselves. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final MeterRegistry registry;
  private final LongSupplier nanoTime;
  private final Map<String, ExperimentGauge> gauges = new HashMap<>();
  private final Map<Tags, AtomicReference<Double>> best = new ConcurrentHashMap<>();

  private record ExperimentGauge(String experimentId, Meter meter, AtomicReference<Shown> shown) {
    Shown now() {
      return Objects.requireNonNull(shown.get());
    }
  }

  private record Shown(DoubleSupplier value, long sinceNanos) {}

  public EspalierMetrics(MeterRegistry registry) {
    this(registry, System::nanoTime);
  }

  EspalierMetrics(MeterRegistry registry, LongSupplier nanoTime) {
    this.registry = registry;
    this.nanoTime = nanoTime;
    nondeterminismCounter("experiment");
    for (String method : Methods.names()) {
      for (StagePlan stage : Plans.of(method)) {
        startFromZero(stage.name());
      }
    }
  }

  private void startFromZero(String stage) {
    nondeterminismCounter(stage);
    recoveryCounter(stage);
    roundCounter(stage);
    candidateCounter(stage);
    checkpointCounter(stage);
    checkpointByteCounter(stage);
    corruptCheckpointCounter(stage);
    standstillCounter(stage);
  }

  /** A result that differs from the one recorded under the same key. */
  public void nondeterminism(String stage) {
    nondeterminismCounter(stage).increment();
  }

  /** An attempt that went on after the one before it died. */
  public void recovery(String stage) {
    recoveryCounter(stage).increment();
  }

  /** An attempt that comes no step further. */
  public void standstill(String stage) {
    standstillCounter(stage).increment();
  }

  /** A stage with a result. */
  public void stageCompleted(String stage, double seconds) {
    Timer.builder("espalier.stage")
        .description("Wall time of completed stages")
        .tag("stage", label(stage))
        .register(registry)
        .record(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** A round of a stage's loop. */
  public void roundCompleted(String stage) {
    roundCounter(stage).increment();
  }

  /** Candidates measured, or architectures trained. */
  public void candidates(String stage, int count) {
    candidateCounter(stage).increment(count);
  }

  /** A checkpoint that was written. */
  public void checkpointWritten(String experimentId, String stage, long bytes) {
    checkpointCounter(stage).increment();
    checkpointByteCounter(stage).increment((double) bytes);
    long written = nanoTime.getAsLong();
    show(
        "espalier.checkpoint.age",
        "Time since the newest checkpoint was written: what a crash now would cost",
        "seconds",
        experimentId,
        () -> (nanoTime.getAsLong() - written) / 1e9);
  }

  /** A checkpoint whose bytes do not match its name: it was not loaded. */
  public void checkpointCorrupt(String stage) {
    corruptCheckpointCounter(stage).increment();
  }

  /**
   * Shows a value of one experiment until it ends.
   *
   * @param name such as {@code espalier.loss}
   */
  public void gauge(String name, String description, String experimentId, double value) {
    show(name, description, null, experimentId, () -> value);
  }

  private void show(
      String name,
      String description,
      @Nullable String unit,
      String experimentId,
      DoubleSupplier value) {
    long now = nanoTime.getAsLong();
    synchronized (gauges) {
      takeAway(gauge -> now - gauge.now().sinceNanos() > FORGOTTEN_AFTER.toNanos());
      Shown shown = new Shown(value, now);
      gauges
          .computeIfAbsent(
              name + "/" + experimentId,
              key -> register(name, description, unit, experimentId, shown))
          .shown()
          .set(shown);
    }
  }

  /** Takes the experiment's gauges away. */
  public void experimentEnded(String experimentId) {
    synchronized (gauges) {
      takeAway(gauge -> gauge.experimentId().equals(experimentId));
    }
  }

  private void takeAway(Predicate<ExperimentGauge> over) {
    gauges
        .values()
        .removeIf(gauge -> {
          boolean gone = over.test(gauge);
          if (gone) {
            registry.remove(gauge.meter());
          }
          return gone;
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

  private ExperimentGauge register(
      String name, String description, @Nullable String unit, String experimentId, Shown first) {
    AtomicReference<Shown> shown = new AtomicReference<>(first);
    Gauge gauge =
        Gauge.builder(
                name,
                shown,
                reference -> Objects.requireNonNull(reference.get()).value().getAsDouble())
            .description(description)
            .baseUnit(unit)
            .tags(Tags.of("experiment", experimentId))
            .strongReference(true)
            .register(registry);
    return new ExperimentGauge(experimentId, gauge, shown);
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

  private Counter standstillCounter(String stage) {
    return counter(
        "espalier.standstills", "Attempts that came no step further for a long time", stage);
  }

  private Counter roundCounter(String stage) {
    return counter("espalier.round", "Rounds of the stages' loops", stage);
  }

  private Counter candidateCounter(String stage) {
    return counter("espalier.candidates", "Candidates scored", stage);
  }

  private Counter checkpointCounter(String stage) {
    return counter("espalier.checkpoints", "Checkpoints written", stage);
  }

  private Counter checkpointByteCounter(String stage) {
    return counter("espalier.checkpoint.bytes", "Bytes of checkpoints written", stage);
  }

  private Counter corruptCheckpointCounter(String stage) {
    return counter(
        "espalier.checkpoints.corrupt", "Checkpoints that did not match their digest", stage);
  }

  private Counter counter(String name, String description, String stage) {
    return Counter.builder(name)
        .description(description)
        .tag("stage", label(stage))
        .register(registry);
  }

  /** A stage is the same whether its method's experiment or another begins with it. */
  private static String label(String stage) {
    return StageName.of(stage).stage();
  }
}
