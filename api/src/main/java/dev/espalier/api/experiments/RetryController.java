package dev.espalier.api.experiments;

import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.api.launch.Controlling;
import dev.espalier.api.launch.Retries;
import dev.espalier.store.Store;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;

/** Many experiments tried again at once. */
@Tag(name = "Experiments")
@Controller("/api/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RetryController {
  private final Retries retries;
  private final Controlling controlling;

  RetryController(Store store, Controlling controlling) {
    this.retries = new Retries(store);
    this.controlling = controlling;
  }

  @Operation(
      operationId = "retryExperiments",
      summary = "Try the failed stages of many experiments again",
      description =
          """
          Those that are named, or all that need attention; with `failed`, those of the named ones that need it. Each \
          by itself: what is refused for one stands in no other's way. Asked twice, each is tried once.\
          """,
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = RetryRequest.class))))
  @Post("/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  List<Retries.Outcome> retry(HttpRequest<?> http, @Body @Nullable String body) {
    var _ =
        IdempotencyKey.of(http); // one that is none is refused; asked twice it is done once anyhow
    RetryRequest request = RetryRequest.parse(Objects.requireNonNullElse(body, ""));
    List<String> ids = request.experiments().isEmpty() ? retries.waiting() : request.experiments();
    return retries.askAll(ids, request.failed(), id -> controlling.retry(id, "", request.by()));
  }
}
