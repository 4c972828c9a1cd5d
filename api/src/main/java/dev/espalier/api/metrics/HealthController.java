package dev.espalier.api.metrics;

import dev.espalier.api.ApiOptions;
import dev.espalier.api.Version;
import dev.espalier.api.metrics.HealthView.Part;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;

/** Whether the API can answer. */
@Tag(name = "Health")
@Controller("/health")
final class HealthController {
  private final Store store;
  private final WorkflowServiceStubs temporal;
  private final String temporalAddress;

  HealthController(Store store, WorkflowServiceStubs temporal, ApiOptions options) {
    this.store = store;
    this.temporal = temporal;
    this.temporalAddress = options.temporalAddress();
  }

  /*
   * Temporal is told of, but is no fault of the API: experiments are shown and launched without it, and go on when it
   * is back. So nobody restarts an API because Temporal is away.
   */
  @Operation(
      operationId = "showHealth",
      summary = "Whether the API can answer: 200, or 503 where its store is away",
      description =
          "Temporal's state is told beside it and does not count: experiments are shown and launched without.")
  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<HealthView> health() {
    Part storePart = storePart();
    boolean up = storePart.status().equals(HealthView.UP);
    return HttpResponse.<HealthView>status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new HealthView(storePart.status(), Version.current(), storePart, temporalPart()));
  }

  private Part storePart() {
    try {
      store.ping();
      return new Part(HealthView.UP, store.toString(), null);
    } catch (Lost lost) {
      return new Part(HealthView.DOWN, store.toString(), lost.getMessage());
    }
  }

  private Part temporalPart() {
    try {
      String version =
          temporal
              .blockingStub()
              .withDeadlineAfter(1, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
              .getServerVersion();
      return new Part(HealthView.UP, temporalAddress, "version " + version);
    } catch (StatusRuntimeException unreachable) {
      return new Part(
          HealthView.DOWN, temporalAddress, unreachable.getStatus().getCode().toString());
    }
  }
}
