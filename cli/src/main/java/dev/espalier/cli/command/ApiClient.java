package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.experiments.ExperimentQuery;
import dev.espalier.api.experiments.ExperimentReader;
import dev.espalier.api.http.Proof;
import dev.espalier.api.launch.RerunPlan;
import dev.espalier.api.launch.Retries;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Deletion;
import dev.espalier.store.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of a running {@code up}, for what changes something and what it has at hand.
 *
 * <p>By {@code HttpURLConnection}, since a command shall be there at once: to make a {@code
 * java.net.http.HttpClient} takes about as long as all else that a short command does.
 */
final class ApiClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Map<String, String> ACCEPTING =
      Map.of("Accept", "application/json, application/problem+json");

  /** For what reads the whole store. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final URI base;

  /** Of a home, and of no other: proven before anything is asked of it. */
  ApiClient(RunningHome running) {
    this(URI.create(running.url()));
    if (!running.secret().isEmpty()) {
      requireProof(running);
    }
  }

  ApiClient(URI base) {
    this.base = base;
  }

  /**
   * What to launch.
   *
   * @param specification YAML or JSON, as a person wrote it
   * @param sets overrides, dotted path to value
   */
  record Launch(String specification, Map<String, String> sets, boolean fresh, String launchedBy) {}

  /**
   * How to follow an experiment by another one.
   *
   * @param verb {@code rerun} or {@code fork}
   * @param from the stage from which all is computed anew; empty for none
   * @param plan the token of the plan that is to be carried out; empty for any
   */
  record Follow(
      String verb, String from, Map<String, String> sets, String plan, String launchedBy) {
    Map<String, Object> body() {
      return Map.of("from", from, "sets", sets, "plan", plan, "launchedBy", launchedBy);
    }
  }

  private void requireProof(RunningHome running) {
    String challenge = Proof.challenge();
    Answer answer = get("/health", Map.of(Proof.CHALLENGE, challenge));
    if (!Proof.holds(running.secret(), challenge, answer.header(Proof.PROOF))) {
      throw new Lost(
          ("what answers at %s is not the API of the home %s: nothing was asked of it. "
                  + "Look with espalier doctor, or end this home's up and start it again: espalier up --home %s")
              .formatted(base, running.home(), running.home()));
    }
  }

  /** Launches an experiment and answers with its id. */
  String launch(Launch launch) {
    return post("/api/experiments", launch).path("id").asText();
  }

  /** Follows an experiment by another one; its id. */
  String follow(String id, Follow wish) {
    return post("/api/experiments/%s/%s".formatted(id, wish.verb()), wish.body())
        .path("id")
        .asText();
  }

  /** What following an experiment would do. */
  RerunPlan plan(String id, Follow wish) {
    String path = "/api/experiments/%s/%s/plan".formatted(id, wish.verb());
    return Json.read(post(path, wish.body()).toString(), RerunPlan.class);
  }

  /**
   * A part of the list of experiments, as the server has it at hand.
   *
   * @param parameters of {@code GET /api/experiments}, each of which may have several values
   */
  ExperimentReader.Part list(Map<String, List<String>> parameters) {
    String query =
        parameters.entrySet().stream()
            .flatMap(each -> each.getValue().stream().map(value -> pair(each.getKey(), value)))
            .collect(Collectors.joining("&"));
    Answer answer = get("/api/experiments?" + query, ACCEPTING);
    if (answer.status() != 200) {
      throw failure(answer);
    }
    List<ExperimentLine> lines = List.of(Json.read(answer.body(), ExperimentLine[].class));
    String counted = answer.header("X-Total-Count");
    int total = counted == null ? lines.size() : Integer.parseInt(counted);
    return new ExperimentReader.Part(
        lines,
        total,
        Map.of(),
        Math.min(total, ExperimentQuery.of(parameters).offset()),
        answer.headers(ExperimentReader.DAMAGED).stream()
            .map(each -> URLDecoder.decode(each, StandardCharsets.UTF_8))
            .toList());
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Asks for {@code pause}, {@code resume} or {@code cancel}. */
  void control(String id, String wish) {
    post("/api/experiments/" + id + "/" + wish, Map.of());
  }

  /** Asks for another try at a stage; at the failed one where it is empty. */
  void retry(String id, String stage, String by) {
    post(
        "/api/experiments/%s/retry?%s&%s".formatted(id, pair("stage", stage), pair("by", by)),
        Map.of());
  }

  /**
   * Asks for another try at each of these.
   *
   * @param failedOnly to leave alone what needs no attention
   */
  List<Retries.Outcome> retryAll(List<String> ids, boolean failedOnly, String by) {
    JsonNode outcomes =
        post("/api/experiments/retry", Map.of("experiments", ids, "failed", failedOnly, "by", by));
    return List.of(Json.read(outcomes.toString(), Retries.Outcome[].class));
  }

  /**
   * Deletes an experiment.
   *
   * @param plan the token of the plan that is to be carried out
   */
  Deletion delete(String id, String plan, String by) {
    String path = "/api/experiments/%s?%s&%s".formatted(id, pair("plan", plan), pair("by", by));
    Answer answer = send("DELETE", base.resolve(path), ACCEPTING, null, LONG);
    if (answer.status() / 100 == 2) {
      return Json.read(answer.body(), Deletion.class);
    }
    throw failure(answer);
  }

  /** Has the server write its store into a file of the home. */
  Path backup() {
    return Path.of(post("/api/backups", Map.of(), LONG).path("file").asText());
  }

  /** Changes what people call an experiment. */
  void label(String id, Labels.Change change, String by) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (change.name() != null) {
      body.put("name", change.name());
    }
    if (change.note() != null) {
      body.put("note", change.note());
    }
    body.put("addTags", change.addTags());
    body.put("removeTags", change.removeTags());
    body.put("by", by);
    var _ = post("/api/experiments/%s/labels".formatted(id), body);
  }

  private JsonNode post(String path, Object body) {
    return post(path, body, PATIENCE);
  }

  private JsonNode post(String path, Object body, Duration patience) {
    Answer answer = send("POST", base.resolve(path), ACCEPTING, Json.write(body), patience);
    if (answer.status() / 100 == 2) {
      return answer.body().isBlank() ? Json.tree(Map.of()) : read(answer.body());
    }
    throw failure(answer);
  }

  private Answer get(String path, Map<String, String> headers) {
    return send("GET", base.resolve(path), headers, null, PATIENCE);
  }

  /**
   * What was answered.
   *
   * @param headers by their names, in whatever case the server writes these
   */
  private record Answer(URI asked, int status, Map<String, List<String>> headers, String body) {
    List<String> headers(String name) {
      return headers.entrySet().stream()
          .filter(each -> name.equalsIgnoreCase(each.getKey())) // that of the status line is null
          .flatMap(each -> each.getValue().stream())
          .toList();
    }

    @Nullable String header(String name) {
      List<String> all = headers(name);
      return all.isEmpty() ? null : all.getFirst();
    }
  }

  private static Answer send(
      String method,
      URI asked,
      Map<String, String> headers,
      @Nullable String body,
      Duration patience) {
    try {
      HttpURLConnection http =
          (HttpURLConnection) asked.toURL().openConnection(Proxy.NO_PROXY); // it is this machine
      http.setRequestMethod(method);
      http.setConnectTimeout((int) TO_CONNECT.toMillis());
      http.setReadTimeout((int) patience.toMillis());
      http.setInstanceFollowRedirects(false);
      headers.forEach(http::setRequestProperty);
      if (body != null) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.setRequestProperty("Content-Type", "application/json");
        http.setDoOutput(true);
        http.setFixedLengthStreamingMode(bytes.length); // so it is never sent twice
        http.getOutputStream().write(bytes);
      }
      int status = http.getResponseCode();
      try (InputStream content = status >= 400 ? http.getErrorStream() : http.getInputStream()) {
        return new Answer(
            asked,
            status,
            http.getHeaderFields(),
            content == null ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new Lost(
          "%s does not answer (%s): look with espalier doctor, or start it with espalier up"
              .formatted(
                  asked.resolve("/"),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
  }

  /** A problem of RFC 9457: what the caller can mend keeps every single sentence. */
  private static RuntimeException failure(Answer answer) {
    List<String> problems = new ArrayList<>();
    try {
      JsonNode problem = read(answer.body());
      problem.path("problems").forEach(each -> problems.add(each.asText()));
      if (problems.isEmpty() && problem.hasNonNull("detail")) {
        problems.add(problem.path("detail").asText());
      }
    } catch (InvalidInput notJson) {
      problems.clear();
    }
    if (problems.isEmpty()) {
      problems.add("%s answered with status %d".formatted(answer.asked(), answer.status()));
    }
    return answer.status() / 100 == 4
        ? new InvalidInput(problems)
        : new Lost(String.join("\n", problems));
  }

  private static JsonNode read(String body) {
    return Json.read(body, JsonNode.class);
  }

  /** Nothing is held; a caller need not know. */
  @Override
  public void close() {}
}
