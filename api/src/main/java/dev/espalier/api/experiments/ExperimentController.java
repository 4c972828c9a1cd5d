package dev.espalier.api.experiments;

import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.api.http.Problem;
import dev.espalier.api.launch.Controlling;
import dev.espalier.api.launch.KeyTaken;
import dev.espalier.api.launch.LaunchWish;
import dev.espalier.api.launch.Launching;
import dev.espalier.api.method.Findings;
import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.canonical.Digest;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Experiments: launch, list, show, steer. */
@Tag(name = "Experiments")
@Controller("/api/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExperimentController {
  private static final String SINCE = "^$|^[0-9]{1,5}[mhdw]$|^20[0-9]{2}-0[1-9]-[0-2][1-8]$";
  private static final String STATES =
      "^((QUEUED|RUNNING|PAUSED|NEEDS_ATTENTION|COMPLETED|CANCELLED)"
          + "(,(QUEUED|RUNNING|PAUSED|NEEDS_ATTENTION|COMPLETED|CANCELLED))*)?$";
  private static final String ORDERS =
      "^(-?(created|method|data|seed|state|seconds|accuracy|recoveries))?$";

  private final Store store;
  private final ExperimentReader experiments;
  private final Launching launching;
  private final Controlling controlling;
  private final ExperimentIndex index;

  ExperimentController(
      Store store,
      ExperimentReader experiments,
      Launching launching,
      Controlling controlling,
      ExperimentIndex index) {
    this.store = store;
    this.index = index;
    this.experiments = experiments;
    this.launching = launching;
    this.controlling = controlling;
  }

  @Operation(
      operationId = "listExperiments",
      summary = "List the experiments, newest first",
      description =
          """
          Without parameters all of them. `limit` (1 to 1000) with `offset`, or with `after` (the id of the last one \
          that you have), gives a part: `X-Total-Count` says of how many, `Link` where the next one is. `state` \
          (several by commas), `q` (words that each must have somewhere: id, method, space, data, preset, `seed 3`, \
          who launched it, name, tags), `method`, `tag` (several by commas: each must be there), `since` (7d, \
          2026-03-01) and `sort` (created, method, data, seed, state, seconds, accuracy, recoveries; `-` before \
          it: the greatest first) are looked at before. Each `X-Damaged`, percent-encoded, says what is wrong with an \
          experiment that cannot be read.\
          """)
  @ApiResponse(
      responseCode = "404",
      description = "The list does not have (any more) what after names",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Get
  HttpResponse<List<ExperimentLine>> list(
      HttpRequest<?> request,
      @Schema(description = "The id of the last one that you have") @Nullable @QueryValue
          String after,
      @Schema(description = "Those in these states alone, several by commas", pattern = STATES)
          @Nullable
          @QueryValue
          String state,
      @Schema(description = "Those of these methods alone, several by commas") @Nullable @QueryValue
          String method,
      @Schema(description = "Those with this tag, or with all of several by commas")
          @Nullable
          @QueryValue
          String tag,
      @Schema(description = "Those launched since, such as 7d or 2026-03-01", pattern = SINCE)
          @Nullable
          @QueryValue
          String since,
      @Schema(
              description = "What it is sorted by; - before it: the greatest first",
              pattern = ORDERS)
          @Nullable
          @QueryValue
          String sort) {
    Map<String, List<String>> parameters = request.getParameters().asMap();
    ExperimentQuery query = ExperimentQuery.of(parameters);
    ExperimentReader.Part part = experiments.list(query);
    MutableHttpResponse<List<ExperimentLine>> response =
        HttpResponse.ok(part.lines()).header("X-Total-Count", Integer.toString(part.total()));
    part.states()
        .forEach((name, count) ->
            response.header("X-Count-" + name.replace('_', '-'), Integer.toString(count)));
    part.damaged()
        .forEach(each ->
            response
                .getHeaders()
                .add(ExperimentReader.DAMAGED, URLEncoder.encode(each, StandardCharsets.UTF_8)));
    int next = part.first() + part.lines().size();
    return next >= part.total()
        ? response
        : response.header("Link", "<%s>; rel=\"next\"".formatted(next(parameters, next)));
  }

  /** The same list, from that place on. */
  private static URI next(Map<String, List<String>> parameters, int offset) {
    UriBuilder next = UriBuilder.of("/api/experiments");
    parameters.forEach((name, values) -> {
      if (!name.equals("offset") && !name.equals("after")) {
        next.queryParam(name, values.toArray());
      }
    });
    return next.queryParam("offset", offset).build();
  }

  @Operation(
      operationId = "launchExperiment",
      summary = "Launch an experiment",
      description =
          "Answers as soon as the experiment is recorded; from then on it cannot be lost. "
              + "Asked again with the same Idempotency-Key, the answer is the experiment of the first time.",
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
  @Post
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<ExperimentView> launch(HttpRequest<?> http, @Body String body) {
    String key = IdempotencyKey.of(http);
    LaunchRequest request = LaunchRequest.parse(body);
    ExperimentDocument launched =
        launching.launch(
            new LaunchWish(
                request.text(), request.sets(), request.fresh(), request.launchedBy(), key, null));
    index.launched(launched.id());
    return HttpResponse.created(
        ExperimentView.of(store, launched, Instant.now()),
        URI.create("/api/experiments/" + launched.id()));
  }

  @Operation(
      operationId = "showExperiment",
      summary = "Show one experiment: everything that espalier show --json prints")
  @Get("/{id}")
  ExperimentView show(String id) {
    return experiments.view(id);
  }

  @Operation(
      operationId = "showFindings",
      summary = "The numbers behind the plots, as far as they are known")
  @Get("/{id}/plots")
  Findings plots(String id) {
    ExperimentDocument document = experiments.document(id);
    String method = experiments.view(id).method();
    return MethodFindings.of(method).read(store, document);
  }

  @Operation(
      operationId = "pauseExperiment",
      summary = "Pause at the next checkpoint, within seconds",
      description = "Nothing done so far is lost. Pausing twice is pausing once.")
  @Post("/{id}/pause")
  @Consumes(MediaType.ALL)
  ExperimentView pause(HttpRequest<?> request, String id) {
    return once(request, id, "pause", () -> controlling.pause(id));
  }

  @Operation(operationId = "resumeExperiment", summary = "Go on after a pause")
  @Post("/{id}/resume")
  @Consumes(MediaType.ALL)
  ExperimentView resume(HttpRequest<?> request, String id) {
    return once(request, id, "resume", () -> controlling.resume(id));
  }

  @Operation(
      operationId = "cancelExperiment",
      summary = "End an experiment",
      description = "What it has finished stays, and later experiments reuse it.")
  @Post("/{id}/cancel")
  @Consumes(MediaType.ALL)
  ExperimentView cancel(HttpRequest<?> request, String id) {
    return once(request, id, "cancel", () -> controlling.cancel(id));
  }

  @Operation(
      operationId = "retryExperiment",
      summary = "Try a failed stage again",
      description = "It goes on from its last checkpoint.")
  @Post("/{id}/retry")
  @Consumes(MediaType.ALL)
  ExperimentView retry(
      HttpRequest<?> request,
      String id,
      @Schema(description = "The stage's name; left out, the one that failed") @Nullable @QueryValue
          String stage,
      @Schema(description = "Who asks, in words") @Nullable @QueryValue String by) {
    String named = Objects.requireNonNullElse(stage, "");
    String who = LaunchedBy.of("by", by);
    return once(request, id, ("retry " + named).strip(), () -> controlling.retry(id, named, who));
  }

  /**
   * Does what is asked, under an Idempotency-Key only the first time: what was done under which key
   * is noted among the experiment's events.
   */
  private ExperimentView once(HttpRequest<?> request, String id, String wish, Runnable act) {
    String key = IdempotencyKey.of(request);
    experiments.document(id);
    if (key.isEmpty()) {
      act.run();
      return experiments.view(id);
    }
    String noted = "asked/" + Digest.sha256(key);
    Optional<Event> before =
        store.events().list(id).stream().filter(event -> event.key().equals(noted)).findFirst();
    String text = "Asked to " + wish;
    if (before.isEmpty()) {
      act.run();
      store.events().append(id, noted, "asked", text, "api");
    } else if (!before.get().text().equals(text)) {
      throw new KeyTaken(
          "the Idempotency-Key was used before for %s (%s): send a new key with a new wish"
              .formatted(id, before.get().text()));
    }
    return experiments.view(id);
  }
}
