package dev.espalier.api.experiments;

import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.api.launch.Launching;
import dev.espalier.api.launch.RerunPlan;
import dev.espalier.api.launch.Rerunning;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Experiments that follow others: reruns and forks. */
@Tag(name = "Experiments")
@Controller("/api/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RerunController {
  private static final String RERUN = "rerun";
  private static final String FORK = "fork";

  private final Store store;
  private final Rerunning rerunning;
  private final ExperimentIndex index;

  RerunController(Store store, Launching launching, ExperimentIndex index) {
    this.store = store;
    this.rerunning = new Rerunning(store, launching);
    this.index = index;
  }

  @Operation(
      operationId = "rerunExperiment",
      summary = "Run an experiment again, from a stage on or with some settings changed",
      description =
          """
          A new experiment that reuses every stage whose key is unchanged. `from` names the stage from which all is \
          computed anew; `sets` what differs. With `plan`, the token of a plan, exactly that is done or nothing.\
          """,
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = RerunRequest.class))))
  @ApiResponse(
      responseCode = "201",
      description = "Launched",
      content = @Content(schema = @Schema(implementation = ExperimentView.class)))
  @Post("/{id}/rerun")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<ExperimentView> rerun(HttpRequest<?> http, String id, @Body @Nullable String body) {
    return start(http, id, RERUN, body);
  }

  @Operation(
      operationId = "planRerun",
      summary = "Say what a rerun would reuse and compute",
      description = "Nothing is launched. The answer's token names all of it.",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = RerunRequest.class))))
  @Post("/{id}/rerun/plan")
  @Consumes(MediaType.APPLICATION_JSON)
  RerunPlan planOfRerun(String id, @Body @Nullable String body) {
    return plan(id, RERUN, body);
  }

  @Operation(
      operationId = "forkExperiment",
      summary = "Run an experiment in another direction: another seed, data set or setting",
      description = "As a rerun of what differs, called a fork.",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = RerunRequest.class))))
  @ApiResponse(
      responseCode = "201",
      description = "Launched",
      content = @Content(schema = @Schema(implementation = ExperimentView.class)))
  @Post("/{id}/fork")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<ExperimentView> fork(HttpRequest<?> http, String id, @Body @Nullable String body) {
    return start(http, id, FORK, body);
  }

  @Operation(
      operationId = "planFork",
      summary = "Say what a fork would reuse and compute",
      description = "Nothing is launched. The answer's token names all of it.",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = RerunRequest.class))))
  @Post("/{id}/fork/plan")
  @Consumes(MediaType.APPLICATION_JSON)
  RerunPlan planOfFork(String id, @Body @Nullable String body) {
    return plan(id, FORK, body);
  }

  private RerunPlan plan(String id, String verb, @Nullable String body) {
    return rerunning.plan(id, parse(body).wish(verb));
  }

  private HttpResponse<ExperimentView> start(
      HttpRequest<?> http, String id, String verb, @Nullable String body) {
    String key = IdempotencyKey.of(http);
    RerunRequest request = parse(body);
    ExperimentDocument launched =
        rerunning.start(id, request.wish(verb), request.plan(), request.launchedBy(), key);
    index.launched(launched.id());
    return HttpResponse.created(
        ExperimentView.of(store, launched, Instant.now()),
        URI.create("/api/experiments/" + launched.id()));
  }

  private static RerunRequest parse(@Nullable String body) {
    return RerunRequest.parse(Objects.requireNonNullElse(body, ""));
  }
}
