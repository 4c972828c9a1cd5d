package dev.espalier.api.metrics;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code espalier_experiments}: how many experiments are in each state. */
@Singleton
final class ExperimentMetrics implements MeterBinder {
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final Store store;
  private volatile Counts counts = new Counts(Instant.MIN, Map.of());

  ExperimentMetrics(Store store) {
    this.store = store;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (ExperimentState state : ExperimentState.values()) {
      Gauge.builder("espalier.experiments", () -> count(state))
          .description("Experiments by state")
          .tag("state", state.name())
          .register(registry);
    }
  }

  /** One scrape asks once for all states. */
  private double count(ExperimentState state) {
    Instant now = Instant.now();
    if (counts.at().isBefore(now.minus(FRESH))) {
      try {
        counts =
            new Counts(
                now,
                store.experiments().list().stream()
                    .collect(
                        Collectors.groupingBy(ExperimentSummary::state, Collectors.counting())));
      } catch (Lost lost) {
        return Double.NaN;
      }
    }
    return counts.byState().getOrDefault(state, 0L);
  }

  private record Counts(Instant at, Map<ExperimentState, Long> byState) {}
}
