package dev.espalier.api.experiments;

import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.api.launch.NotFound;
import dev.espalier.api.replay.ReplayJobs;
import dev.espalier.api.replay.ReplayState;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Proof of what an experiment recorded. */
@Tag(name = "Experiments")
@Controller("/api/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReplayController {
  private final ReplayJobs jobs;

  ReplayController(ReplayJobs jobs) {
    this.jobs = jobs;
  }

  @Operation(
      operationId = "replayExperiment",
      summary = "Replay an experiment",
      description =
          """
          Takes its workflow histories through today's code, and computes its stages again from their recorded inputs, \
          in a place that shares nothing. It takes as long as they took. What it came to is an event of the kind \
          `replayed`, or `replayed-different`. While one goes on, asking again gives that one.\
          """)
  @ApiResponse(
      responseCode = "202",
      description = "It goes on",
      content = @Content(schema = @Schema(implementation = ReplayState.class)))
  @Post("/{id}/replay")
  @Consumes(MediaType.ALL)
  HttpResponse<ReplayState> replay(
      HttpRequest<?> http,
      String id,
      @Schema(description = "The only stage to compute again; left out, all that have a result")
          @Nullable
          @QueryValue
          String stage,
      @Schema(description = "Who asks, in words", minLength = 1, maxLength = 100)
          @Nullable
          @QueryValue
          String by) {
    var _ =
        IdempotencyKey.of(http); // one that is none is refused; while one goes on it is that one
    return HttpResponse.accepted()
        .body(jobs.start(id, Objects.requireNonNullElse(stage, ""), LaunchedBy.of("by", by)));
  }

  @Operation(
      operationId = "getReplay",
      summary = "How far the newest replay of an experiment is, or what it came to",
      description = "Of those that were asked for since the API started.")
  @Get("/{id}/replay")
  ReplayState newest(String id) {
    return jobs.find(id)
        .orElseThrow(() ->
            new NotFound("no replay of %s was asked for since the API started".formatted(id)));
  }
}
