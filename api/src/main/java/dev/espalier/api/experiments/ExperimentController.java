package dev.espalier.api.experiments;

import dev.espalier.api.http.Problem;
import dev.espalier.api.launch.Controlling;
import dev.espalier.api.launch.Launching;
import dev.espalier.api.method.Findings;
import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
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
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Experiments: launch, list, show, steer. */
@Tag(name = "Experiments")
@Controller("/api/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExperimentController {
  private final Store store;
  private final ExperimentReader experiments;
  private final Launching launching;
  private final Controlling controlling;

  ExperimentController(
      Store store, ExperimentReader experiments, Launching launching, Controlling controlling) {
    this.store = store;
    this.experiments = experiments;
    this.launching = launching;
    this.controlling = controlling;
  }

  @Operation(summary = "List all experiments, newest first")
  @Get
  List<ExperimentLine> list() {
    return experiments.list();
  }

  @Operation(
      summary = "Launch an experiment",
      description =
          "Answers as soon as the experiment is recorded; from then on it cannot be lost.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = LaunchRequest.class))))
  @ApiResponse(
      responseCode = "201",
      description = "Launched",
      content = @Content(schema = @Schema(implementation = ExperimentView.class)))
  @ApiResponse(
      responseCode = "400",
      description = "Every problem of the specification at once",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Post
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<ExperimentView> launch(@Body String body) {
    LaunchRequest request = LaunchRequest.parse(body);
    ExperimentDocument launched =
        launching.launch(request.text(), request.sets(), request.fresh(), request.launchedBy());
    return HttpResponse.created(
        ExperimentView.of(store, launched, Instant.now()),
        URI.create("/api/experiments/" + launched.id()));
  }

  @Operation(summary = "Show one experiment: everything that espalier show --json prints")
  @Get("/{id}")
  ExperimentView show(String id) {
    return experiments.view(id);
  }

  @Operation(summary = "The numbers behind the plots, as far as they are known")
  @Get("/{id}/plots")
  Findings plots(String id) {
    ExperimentDocument document = experiments.document(id);
    String method = experiments.view(id).method();
    return MethodFindings.of(method).read(store, document);
  }

  @Operation(
      summary = "Pause at the next checkpoint, within seconds",
      description = "Nothing done so far is lost. Pausing twice is pausing once.")
  @Post("/{id}/pause")
  @Consumes(MediaType.ALL)
  ExperimentView pause(String id) {
    experiments.document(id);
    controlling.pause(id);
    return experiments.view(id);
  }

  @Operation(summary = "Go on after a pause")
  @Post("/{id}/resume")
  @Consumes(MediaType.ALL)
  ExperimentView resume(String id) {
    experiments.document(id);
    controlling.resume(id);
    return experiments.view(id);
  }

  @Operation(
      summary = "End an experiment",
      description = "What it has finished stays, and later experiments reuse it.")
  @Post("/{id}/cancel")
  @Consumes(MediaType.ALL)
  ExperimentView cancel(String id) {
    experiments.document(id);
    controlling.cancel(id);
    return experiments.view(id);
  }

  @Operation(
      summary = "Try a failed stage again",
      description = "It goes on from its last checkpoint.")
  @Post("/{id}/retry")
  @Consumes(MediaType.ALL)
  ExperimentView retry(
      String id,
      @Schema(description = "The stage's name; left out, the one that failed") @Nullable @QueryValue
          String stage) {
    experiments.document(id);
    controlling.retry(id, Objects.requireNonNullElse(stage, ""));
    return experiments.view(id);
  }
}
