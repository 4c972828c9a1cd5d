package dev.espalier.api.metrics;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/** Whether the document store answers: without it the API can say nothing. */
@Singleton
final class StoreHealth extends AbstractHealthIndicator<Map<String, String>> {
  private final Store store;

  StoreHealth(Store store, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.store = store;
    this.executorService = executor;
  }

  @Override
  protected Map<String, String> getHealthInformation() {
    try {
      store.ping();
      healthStatus = HealthStatus.UP;
      return Map.of("at", store.toString());
    } catch (Lost lost) {
      healthStatus = HealthStatus.DOWN;
      return Map.of(
          "at", store.toString(), "reason", Objects.requireNonNullElse(lost.getMessage(), "lost"));
    }
  }

  @Override
  protected String getName() {
    return "store";
  }
}
