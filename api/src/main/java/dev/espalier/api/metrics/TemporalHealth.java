package dev.espalier.api.metrics;

import io.grpc.StatusRuntimeException;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.scheduling.TaskExecutors;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Whether Temporal's server answers. Told, but not a fault of the API: experiments are shown and launched without it,
 * and go on when it is back. So nobody restarts an API because Temporal is away.
 */
@Singleton
final class TemporalHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private final WorkflowServiceStubs temporal;

  TemporalHealth(
      WorkflowServiceStubs temporal, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.temporal = temporal;
    this.executorService = executor;
    this.healthStatus = HealthStatus.UP;
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    try {
      String version =
          temporal
              .blockingStub()
              .withDeadlineAfter(2, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
              .getServerVersion();
      return Map.of("reachable", true, "version", version);
    } catch (StatusRuntimeException unreachable) {
      return Map.of("reachable", false, "reason", unreachable.getStatus().getCode().toString());
    }
  }

  @Override
  protected String getName() {
    return "temporal";
  }
}
