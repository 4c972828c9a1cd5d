package dev.espalier.api.live;

import dev.espalier.api.experiments.ExperimentQuery;
import dev.espalier.api.experiments.ExperimentReader;
import dev.espalier.api.experiments.ListWatch;
import dev.espalier.api.live.Following.Message;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Experiments as they go on, as server-sent events. */
@Tag(name = "Live")
@Controller("/api")
final class LiveController {
  private static final Duration PERIOD = Duration.ofMillis(700);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private final Store store;
  private final ExperimentReader experiments;
  private final ListWatch watch;
  private final Scheduler scheduler;

  LiveController(
      Store store,
      ExperimentReader experiments,
      ListWatch watch,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.store = store;
    this.experiments = experiments;
    this.watch = watch;
    this.scheduler = Schedulers.fromExecutorService(executor);
  }

  @Operation(
      operationId = "followExperiment",
      summary = "Follow one experiment",
      description =
          """
          Server-sent events: `event` (what happened, with its sequence as id), `snapshot` (the whole experiment, \
          whenever it has changed), `plots` (there is news at /plots), and heartbeats. After a lost connection, \
          `Last-Event-ID` or `?after=` takes it up where it was lost.\
          """)
  @Get(value = "/experiments/{id}/events", produces = MediaType.TEXT_EVENT_STREAM)
  @ExecuteOn(TaskExecutors.BLOCKING)
  Publisher<Event<String>> follow(
      HttpRequest<?> request,
      String id,
      @Schema(
              pattern = "^[0-9]{1,18}$",
              description = "The sequence of the last event that is known")
          @Nullable
          @QueryValue
          String after) {
    experiments.document(id);
    Following following = new Following(store, id, after(request, after));
    return stream(following::news);
  }

  @Operation(
      operationId = "followList",
      summary = "Follow the list of experiments",
      description =
          "Server-sent events: `experiments` (the list, whenever it has changed), and heartbeats. "
              + "The parameters are those of GET /api/experiments; without any it is the whole list.")
  @Get(value = "/events", produces = MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> followAll(HttpRequest<?> request) {
    ExperimentQuery query = ExperimentQuery.of(request.getParameters().asMap());
    String told = LastEventId.of(request).map(LastEventId::digest).orElse("");
    return stream(new FollowingAll(experiments, watch, query, told)::news);
  }

  @Operation(
      operationId = "followExperiments",
      summary = "Follow several experiments, and the list, by one connection",
      description =
          """
          Server-sent events: `experiments` (`total`, and how many are in each of the `states`, whenever anything in \
          the list has changed) where `list` is true; for each `experiment` (its id, or `ID:SEQUENCE` of the last \
          event that is known) what /experiments/{id}/events tells, as `{experiment, data}`; `missing` for one that is \
          not there; and heartbeats. `Last-Event-ID` takes all of them up where they were lost. Browsers allow six \
          connections to a server in all.\
          """)
  @Get(value = "/live", produces = MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> followMany(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "false") boolean list,
      @Nullable @QueryValue List<String> experiment) {
    List<String> ids = Objects.requireNonNullElse(experiment, List.of());
    Map<String, Long> known = LastEventId.of(request).map(LastEventId::sequences).orElse(Map.of());
    return stream(new FollowingMany(store, watch, list, ids, known)::news);
  }

  private static long after(HttpRequest<?> request, @Nullable String query) {
    return LastEventId.of(request)
        .map(last -> LastEventId.sequence(LastEventId.HEADER, last))
        .orElseGet(() -> query == null ? 0 : LastEventId.sequence("after", query));
  }

  private Publisher<Event<String>> stream(Callable<List<Message>> news) {
    Flux<Event<String>> messages =
        Flux.interval(Duration.ZERO, PERIOD)
            .onBackpressureDrop()
            .concatMap(tick -> asked(news), 1)
            .concatMapIterable(batch -> batch)
            .map(LiveController::event);
    Flux<Event<String>> heartbeats =
        Flux.interval(HEARTBEAT, HEARTBEAT).onBackpressureDrop().map(tick -> heartbeat());
    return Flux.merge(messages, heartbeats);
  }

  /** A store that is away for a while ends no stream: it is told, and asked again. */
  private Mono<List<Message>> asked(Callable<List<Message>> news) {
    return Mono.fromCallable(news)
        .subscribeOn(scheduler)
        .onErrorResume(Lost.class, lost -> Mono.just(List.of(trouble(lost))));
  }

  private static Message trouble(Lost lost) {
    return new Message(
        "trouble", "", Json.write(Objects.requireNonNullElse(lost.getMessage(), "store lost")));
  }

  private static Event<String> event(Message message) {
    Event<String> event = Event.of(message.data()).name(message.name()).retry(RECONNECT);
    return message.id().isEmpty() ? event : event.id(message.id());
  }

  private static Event<String> heartbeat() {
    return Event.of("").comment("still here").name("heartbeat");
  }
}
