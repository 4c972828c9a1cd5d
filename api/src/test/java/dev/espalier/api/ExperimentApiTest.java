package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experiments over REST. */
final class ExperimentApiTest {
  private static final String DONE = "te-nas-done22";
  private static final String PRUNING = "te-nas-prune2";

  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static Http http;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    http = planted.http();
    planted.garden().plant(DONE, 3, Growth.COMPLETED);
    planted.garden().plant(PRUNING, 0, Growth.PRUNING);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  @Test
  void listsExperimentsNewestFirst() {
    JsonNode list = http.json("/api/experiments");

    List<String> ids = list.findValuesAsText("id");
    assertThat(ids.indexOf(PRUNING)).isLessThan(ids.indexOf(DONE));
    JsonNode done = list.get(ids.indexOf(DONE));
    assertThat(done.path("state").asText()).isEqualTo("COMPLETED");
    assertThat(done.path("accuracy").asDouble()).isBetween(0.3, 0.7);
    assertThat(done.path("progress").asDouble()).isEqualTo(1);
    assertThat(list.get(ids.indexOf(PRUNING)).path("stage").asText()).isEqualTo("prune");
    assertThat(list.get(ids.indexOf(PRUNING)).path("recoveries").asInt()).isOne();
  }

  @Test
  void showsEverythingThatTheContractOfShowJsonNames() {
    JsonNode shown = http.json("/api/experiments/" + DONE);

    assertThat(shown.path("id").asText()).isEqualTo(DONE);
    assertThat(shown.path("method").asText()).isEqualTo("te-nas");
    assertThat(shown.path("space").asText()).isEqualTo("nas-bench-201");
    assertThat(shown.path("data").asText()).isEqualTo("cifar10-sample");
    assertThat(shown.path("seed").asLong()).isEqualTo(3);
    assertThat(shown.path("digest").asText()).hasSize(64);
    assertThat(shown.path("result").path("architecture").asText()).startsWith("|");
    assertThat(shown.path("stages").findValuesAsText("name"))
        .containsExactly("prepare-data", "prune", "evaluate", "report");
    JsonNode prune = shown.path("stages").get(1);
    assertThat(prune.path("key").asText()).hasSize(64);
    assertThat(prune.path("state").asText()).isEqualTo("COMPLETED");
    assertThat(prune.path("attempts").asInt()).isOne();
    assertThat(prune.path("recoveries").asInt()).isZero();
    assertThat(prune.path("seconds").asDouble()).isEqualTo(74.2);
  }

  @Test
  void printsTheSameRecordAsTheCommandLine() {
    ExperimentDocument document = planted.store().experiments().find(DONE).orElseThrow();
    ExperimentView view = ExperimentView.of(planted.store(), document, Instant.now());

    assertThat(http.get("/api/experiments/" + DONE).body()).isEqualTo(Json.write(view));
  }

  @Test
  void tellsARunningStagesProgressAndTime() {
    JsonNode prune = http.json("/api/experiments/" + PRUNING).path("stages").get(1);

    assertThat(prune.path("progress").path("round").asInt()).isEqualTo(2);
    assertThat(prune.path("progress").path("done").asInt()).isEqualTo(22);
    assertThat(prune.path("seconds").asDouble()).isPositive();
    double progress = http.json("/api/experiments/" + PRUNING).path("progress").asDouble();
    assertThat(progress).isBetween(0.3, 0.5);
  }

  @Test
  void answersAnUnknownExperimentWithAProblemThatSaysWhereToLook() {
    HttpResponse<String> response = http.get("/api/experiments/te-nas-none");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Json.read(response.body(), JsonNode.class);
    assertThat(problem.path("detail").asText()).contains("te-nas-none", "GET /api/experiments");
    assertThat(problem.path("instance").asText()).isEqualTo("/api/experiments/te-nas-none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plots", "events", "artifacts/" + Garden.WEIGHTS_SHA})
  void answersUnknownExperimentsWithAProblemEverywhere(String below) {
    HttpResponse<String> response = http.get("/api/experiments/none/" + below);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void launchesAnExperimentFromJsonWithOverrides() {
    HttpResponse<String> response =
        http.post(
            "/api/experiments",
            """
            {"specification": {"method": "te-nas", "seed": 77}, "sets": {"search.repeats": 5},
             "fresh": true, "launchedBy": "a test"}
            """);

    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode launched = Json.read(response.body(), JsonNode.class);
    assertThat(response.headers().firstValue("Location"))
        .contains("/api/experiments/" + launched.path("id").asText());
    assertThat(launched.path("state").asText()).isEqualTo("QUEUED");
    assertThat(launched.at("/specification/search/repeats").asInt()).isEqualTo(5);
    assertThat(planted.steering().asked()).contains("launch seed 77 fresh true by a test");
  }

  @Test
  void launchesAnExperimentFromYamlAsText() {
    HttpResponse<String> response =
        http.post(
            "/api/experiments", Json.write(Map.of("specification", "method: te-nas\nseed: 78\n")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(planted.steering().asked()).contains("launch seed 78 fresh false by the API");
  }

  @Test
  void tellsEveryProblemOfASpecificationAtOnce() {
    HttpResponse<String> response =
        http.post(
            "/api/experiments",
            """
            {"specification": {"method": "te-nas", "sede": 1, "search": {"repeats": 0}}}
            """);

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode problem = Json.read(response.body(), JsonNode.class);
    assertThat(problem.path("problems")).hasSize(2);
    assertThat(problem.path("detail").asText()).contains("sede", "seed", "search.repeats");
  }

  @Test
  void tellsEveryMistakeInTheBodyOfALaunchAtOnce() {
    HttpResponse<String> response =
        http.post("/api/experiments", "{\"specifcation\": 1, \"fresh\": \"yes\", \"sets\": [1]}");

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode problem = Json.read(response.body(), JsonNode.class);
    assertThat(problem.path("problems")).hasSize(4);
    assertThat(problem.path("detail").asText())
        .contains("Did you mean specification?", "fresh must be true or false", "sets must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"x\"}",
        "[1]",
        "7",
        "null",
        "\"\"",
        "\"red \\u001b[31m alert\"",
        "\"right \\u202e to left\""
      })
  void refusesAnAskerThatCannotStandInALog(String launchedBy) {
    HttpResponse<String> response =
        http.post(
            "/api/experiments",
            "{\"specification\": {\"method\": \"te-nas\"}, \"launchedBy\": %s}"
                .formatted(launchedBy));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("launchedBy must be a text of 1 to 100 characters");
  }

  @Test
  void refusesAnAskerWhoseNameHasNoEnd() {
    HttpResponse<String> response =
        http.post(
            "/api/experiments",
            "{\"specification\": {\"method\": \"te-nas\"}, \"launchedBy\": \"%s\"}"
                .formatted("a".repeat(100_000)));

    assertThat(response.body()).contains("but was of 100,000 characters").hasSizeLessThan(600);
  }

  @Test
  void opensAReportAsAPageThatRunsNothing() {
    planted.garden().plant("te-nas-report7", 5, Growth.COMPLETED);
    String page = "<!doctype html><title>found</title>";
    String sha =
        planted
            .store()
            .artifacts()
            .put(page.getBytes(StandardCharsets.UTF_8), "report", Map.of("format", "html"));
    planted.store().experiments().keep("te-nas-report7", "report", sha);

    HttpResponse<String> response = http.get("/api/experiments/te-nas-report7/artifacts/" + sha);

    assertThat(response.body()).isEqualTo(page);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("inline");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox", "default-src 'none'")
        .doesNotContain("allow-scripts");
  }

  @Test
  void letsTheClockOfAStageStandWithItsExperiment() {
    for (ExperimentState state :
        List.of(
            ExperimentState.PAUSED, ExperimentState.NEEDS_ATTENTION, ExperimentState.CANCELLED)) {
      String id = "te-nas-clock" + state.name().charAt(0);
      planted.garden().plant(id, 5, Growth.PRUNING);
      planted.store().experiments().updateState(id, state, null);
      planted.store().events().append(id, "stood", "stood", "It stands", "a test");

      JsonNode before = http.json("/api/experiments/" + id).at("/stages/1");
      JsonNode after = http.json("/api/experiments/" + id).at("/stages/1");

      assertThat(before.path("seconds").asDouble()).as(state.name()).isPositive();
      assertThat(after.path("seconds")).as(state.name()).isEqualTo(before.path("seconds"));
      assertThat(after.path("state").asText())
          .isEqualTo(state == ExperimentState.CANCELLED ? "CANCELLED" : "RUNNING");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "3"})
  void refusesABodyThatIsNoObjectWithAProblem(String body) {
    HttpResponse<String> response = http.post("/api/experiments", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void passesOnWhatAPersonWants() {
    planted.garden().plant("te-nas-steer2", 9, Growth.TRAINING);

    assertThat(http.post("/api/experiments/te-nas-steer2/pause", "").statusCode()).isEqualTo(200);
    assertThat(http.json("/api/experiments/te-nas-steer2").path("state").asText())
        .isEqualTo("PAUSED");
    assertThat(http.post("/api/experiments/te-nas-steer2/resume", "{}").statusCode())
        .isEqualTo(200);
    assertThat(http.post("/api/experiments/te-nas-steer2/cancel", "{}").statusCode())
        .isEqualTo(200);
    assertThat(http.post("/api/experiments/te-nas-steer2/retry?stage=evaluate", "").statusCode())
        .isEqualTo(200);
    assertThat(planted.steering().asked())
        .contains(
            "pause te-nas-steer2",
            "resume te-nas-steer2",
            "cancel te-nas-steer2",
            "retry te-nas-steer2 evaluate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "retry"})
  void steersNothingThatIsNotThere(String verb) {
    HttpResponse<String> response = http.post("/api/experiments/none/" + verb, "");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(planted.steering().asked()).doesNotContain(verb + " none");
  }

  @Test
  void refusesARetryOfAStageThatHasNotFailed() {
    HttpResponse<String> response =
        http.post("/api/experiments/%s/retry?stage=report".formatted(DONE), "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("has not failed");
  }

  @Test
  void givesTheNumbersBehindThePlots() {
    JsonNode plots = http.json("/api/experiments/%s/plots".formatted(DONE));

    assertThat(plots.path("edges")).hasSize(6);
    assertThat(plots.path("rounds")).hasSize(3);
    JsonNode second = plots.path("rounds").get(1);
    assertThat(second.path("candidates")).hasSize(18);
    assertThat(
            second.path("candidates").findValuesAsText("removed").stream().filter("true"::equals))
        .hasSize(6);
    assertThat(second.path("before")).isEqualTo(plots.path("rounds").get(0).path("after"));
    assertThat(plots.path("rounds").get(2).path("after")).allMatch(left -> left.size() == 1);
    assertThat(second.path("condition").asDouble()).isBetween(50.0, 70.0);
    assertThat(plots.path("current").isNull()).isTrue();
  }

  @Test
  void givesASingularCandidateNoConditionNumber() {
    JsonNode second = http.json("/api/experiments/%s/plots".formatted(DONE)).path("rounds").get(1);

    List<JsonNode> singular =
        second.path("candidates").findParents("singular").stream()
            .filter(each -> each.path("singular").asBoolean())
            .toList();
    assertThat(singular).hasSize(1);
    assertThat(singular.getFirst().path("conditionDelta").isNull()).isTrue();
  }

  @Test
  void plotsTheTrainingsOfTheFoundCellAndOfRandomOnes() {
    JsonNode trainings = http.json("/api/experiments/%s/plots".formatted(DONE)).path("trainings");

    assertThat(trainings.findValuesAsText("role"))
        .containsExactly("found", "random", "random", "random");
    assertThat(trainings.get(0).path("loss")).hasSize(8);
    assertThat(trainings.get(0).path("validation").get(7).get(0).asInt()).isEqualTo(7);
    assertThat(trainings.get(0).path("testAccuracy").asDouble()).isBetween(0.3, 0.7);
  }

  @Test
  void plotsTheFoundCellWithWhatItCosts() {
    JsonNode found = http.json("/api/experiments/%s/plots".formatted(DONE)).path("found");

    assertThat(found.path("operators")).hasSize(6);
    assertThat(found.path("parameters").asLong()).isBetween(73_306L, 1_531_546L);
    assertThat(found.path("condition").asDouble()).isEqualTo(24.8);
    assertThat(found.path("regions").asDouble()).isEqualTo(1_204);
  }

  @Test
  void plotsARoundInHand() {
    JsonNode plots = http.json("/api/experiments/%s/plots".formatted(PRUNING));

    assertThat(plots.path("rounds")).hasSize(2);
    assertThat(plots.path("totalRounds").asInt()).isEqualTo(3);
    assertThat(plots.path("current").path("done").asInt()).isEqualTo(22);
    assertThat(plots.path("found").isNull()).isTrue();
    assertThat(plots.path("trainings")).isEmpty();
  }

  @Test
  void handsOutTheArtifactsThatAnExperimentNames() {
    HttpResponse<byte[]> response =
        http.bytes("/api/experiments/%s/artifacts/%s".formatted(DONE, Garden.WEIGHTS_SHA));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(Garden.WEIGHTS);
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment", "weights");
  }

  @Test
  void keepsArtifactsOfOthersToItself() {
    String other = planted.store().artifacts().put(new byte[] {1, 2, 3}, "secret", Map.of());

    HttpResponse<String> response =
        http.get("/api/experiments/%s/artifacts/%s".formatted(DONE, other));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(
            http.get("/api/experiments/%s/artifacts/%s".formatted(PRUNING, Garden.WEIGHTS_SHA))
                .statusCode())
        .isEqualTo(404);
    assertThat(
            http.get("/api/experiments/%s/artifacts/%s".formatted(DONE, Digest.sha256("none")))
                .statusCode())
        .isEqualTo(404);
  }
}
