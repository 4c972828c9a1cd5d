package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.api.experiments.ExperimentReader;
import dev.espalier.api.launch.RerunPlan;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.RerunPlanTable;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private HttpServer server = newServer();
  private int status;
  private String answer = "";
  private final Map<String, List<String>> headers = new HashMap<>();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().putAll(headers);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ApiClient client() {
    return new ApiClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Test
  void launchingSendsTheSpecificationAndAnswersWithTheId() {
    status = 201;
    answer = "{\"id\":\"te-nas-7f3k2m\",\"state\":\"QUEUED\"}";
    try (ApiClient client = client()) {
      String id =
          client.launch(new ApiClient.Launch("method: te-nas\n", Map.of("seed", "3"), true, "ada"));

      assertThat(id).isEqualTo("te-nas-7f3k2m");
      String request = asked.remove();
      assertThat(request).startsWith("POST /api/experiments {");
      JsonNode sent = Json.read(request.substring(request.indexOf('{')), JsonNode.class);
      assertThat(sent.path("fresh").asBoolean()).isTrue();
      assertThat(sent.path("sets").toString()).isEqualTo("{\"seed\":\"3\"}");
      assertThat(sent.path("specification").asText()).isEqualTo("method: te-nas\n");
    }
  }

  @Test
  void followingSendsWhatDiffersAndReadsThePlan() {
    ApiClient.Follow wish =
        new ApiClient.Follow("rerun", "evaluate", Map.of("seed", "3"), "0a1b", "ada");
    try (ApiClient client = client()) {
      status = 200;
      answer =
          """
          {"experiment": "te-nas-7f3k2m", "verb": "rerun", "from": "evaluate", "token": "0a1b", "stages": [
            {"name": "evaluate", "kind": "EvaluateStage", "key": "k", "what": "COMPUTED", "changes": []}]}
          """;
      RerunPlan plan = client.plan("te-nas-7f3k2m", wish);
      assertThat(plan.token()).isEqualTo("0a1b");
      assertThat(plan.seconds()).as("not known").isNull();
      assertThat(RerunPlanTable.lines(plan, Style.plain()).toString())
          .contains("evaluate", "computed", "asked for with --from");
      assertThat(asked.remove()).startsWith("POST /api/experiments/te-nas-7f3k2m/rerun/plan {");

      status = 201;
      answer = "{\"id\":\"te-nas-222222\"}";
      assertThat(client.follow("te-nas-7f3k2m", wish)).isEqualTo("te-nas-222222");
      String request = asked.remove();
      assertThat(request).startsWith("POST /api/experiments/te-nas-7f3k2m/rerun {");
      JsonNode sent = Json.read(request.substring(request.indexOf('{')), JsonNode.class);
      assertThat(sent.toString())
          .contains("\"from\":\"evaluate\"", "\"plan\":\"0a1b\"", "\"sets\":{\"seed\":\"3\"}");
    }
  }

  @Test
  void aPartOfTheListComesWithItsPlaceAndWithWhatIsDamaged() {
    status = 200;
    answer =
        "[{\"id\":\"te-nas-7f3k2m\",\"state\":\"PAUSED\",\"method\":\"te-nas\",\"progress\":0.5,"
            + "\"created\":\"2026-01-01T00:00:00Z\"}]";
    headers.put("X-Total-Count", List.of("7"));
    headers.put("X-Damaged", List.of("a+%C3%A9+is+damaged", "b+is+damaged"));
    try (ApiClient client = client()) {
      ExperimentReader.Part part =
          client.list(Map.of("offset", List.of("3"), "q", List.of("a&b", "c")));

      assertThat(part.lines()).hasSize(1);
      assertThat(part.lines().getFirst().state()).isEqualTo(ExperimentState.PAUSED);
      assertThat(part.total()).isEqualTo(7);
      assertThat(part.first()).isEqualTo(3);
      assertThat(part.damaged()).containsExactly("a é is damaged", "b is damaged");
      assertThat(asked.remove())
          .startsWith("GET /api/experiments?")
          .contains("offset=3", "q=a%26b&q=c");
    }
  }

  @Test
  void everyProblemThatTheServerNamesReachesTheCaller() {
    status = 400;
    answer = "{\"detail\":\"two\",\"problems\":[\"seed must be a number\",\"no data set x\"]}";
    try (ApiClient client = client()) {
      assertThatThrownBy(() -> client.control("x", "pause"))
          .isInstanceOfSatisfying(
              InvalidInput.class,
              mistake ->
                  assertThat(mistake.problems())
                      .containsExactly("seed must be a number", "no data set x"));
    }
  }

  @Test
  void theStageOfARetryIsEscaped() {
    status = 200;
    answer = "{}";
    try (ApiClient client = client()) {
      client.retry("te-nas-7f3k2m", "a b&c", "ada");
      assertThat(asked.remove())
          .startsWith("POST /api/experiments/te-nas-7f3k2m/retry?stage=a+b%26c&by=ada");
    }
  }

  @Test
  void aServersOwnFailureIsNotTheCallersMistake() {
    status = 503;
    answer = "{\"detail\":\"the store does not answer\"}";
    try (ApiClient client = client()) {
      assertThatThrownBy(() -> client.control("x", "pause"))
          .isInstanceOf(Lost.class)
          .hasMessage("the store does not answer");
    }
  }

  @Test
  void nobodyListeningIsSaidWithWhatToDo() {
    server.stop(0);
    try (ApiClient client = client()) {
      assertThatThrownBy(() -> client.control("x", "pause"))
          .isInstanceOf(Lost.class)
          .hasMessageContaining("espalier up");
    }
  }

  @Test
  void asksNothingOfAnApiThatDoesNotProveToBeTheHomes() {
    status = 200;
    answer = "{}";
    RunningHome home =
        new RunningHome(
            new Home(Path.of("/nowhere/home")),
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "mongodb://127.0.0.1:1/espalier",
            "127.0.0.1:1",
            "default",
            "secret");

    assertThatThrownBy(() -> new ApiClient(home))
        .isInstanceOf(Lost.class)
        .hasMessageContaining("is not the API of the home /nowhere/home");
    assertThat(asked).singleElement().asString().startsWith("GET /health");
  }
}
