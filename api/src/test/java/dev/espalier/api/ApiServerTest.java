package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.store.DatasetDocument;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The server itself: who may ask, what it serves beside experiments. */
final class ApiServerTest {
  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static Http http;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    http = planted.http();
    planted.garden().plant("te-nas-edge22", 0, Growth.QUEUED);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "192.168.1.7", "::", "example.org", "127.0.0.1.example.org", ""})
  void listensNowhereButOnThisMachine(String host) {
    assertThatThrownBy(() -> new ApiOptions(host, 0, "127.0.0.1:1", planted.store(), folder))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("this machine only");
  }

  @Test
  void saysPlainlyThatAPortIsTaken() {
    ApiOptions same =
        new ApiOptions(planted.server().port(), "127.0.0.1:1", planted.store(), folder);

    assertThatThrownBy(() -> ApiServer.listen(same))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is taken by another process");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:8420",
        "Host: 10.0.0.3",
        "Host: localhost.evil.example",
        "X: no-host"
      })
  void refusesAForeignHostSoThatNoNameCanBeReboundToIt(String header) {
    String answer = http.raw("GET /api/experiments", header);

    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("te-nas-edge22");
    if (header.startsWith("Host")) {
      assertThat(answer)
          .startsWith("HTTP/1.1 403")
          .contains("application/problem+json", "answers only as localhost");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9",
        "127.0.0.1",
        "127.0.0.9:80",
        "[::1]:8420",
        "LOCALHOST"
      })
  void answersToEveryNameOfThisMachine(String host) {
    assertThat(http.raw("GET /api/experiments", "Host: " + host))
        .startsWith("HTTP/1.1 200")
        .contains("te-nas-edge22");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://localhost:1",
        "http://127.0.0.1.evil.example"
      })
  void refusesChangesFromPagesOfOtherSites(String origin) {
    HttpResponse<String> response =
        http.post("/api/experiments/te-nas-edge22/pause", "", "Origin", origin);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(planted.steering().asked()).doesNotContain("pause te-nas-edge22");
  }

  @Test
  void refusesChangesThatTheBrowserCallsCrossSite() {
    assertThat(
            http.post("/api/experiments/te-nas-edge22/pause", "", "Sec-Fetch-Site", "cross-site")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void allowsChangesFromItsOwnPage() {
    String own = "http://127.0.0.1:" + planted.server().port();

    assertThat(
            http.post(
                    "/api/experiments/te-nas-edge22/resume",
                    "",
                    "Origin",
                    own,
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesALaunchThatIsNotSentAsJson() {
    String answer =
        http.raw(
            "POST /api/experiments",
            "Host: localhost",
            "Content-Type: text/plain",
            "Content-Length: 0");

    assertThat(answer).startsWith("HTTP/1.1 415").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/api/nothing", "/api/spaces/nothing/at/all"})
  void answersWhatIsNotThereWithAProblem(String path) {
    HttpResponse<String> response = http.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("/openapi.yml");
  }

  @Test
  void answersAMethodThatIsNotAllowedWithAProblem() {
    HttpResponse<String> response = http.delete("/api/experiments");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void isHealthyWithoutTemporalAndSaysSo() {
    JsonNode health = http.json("/health");

    assertThat(health.path("status").asText()).isEqualTo("UP");
    assertThat(health.at("/store/status").asText()).isEqualTo("UP");
    assertThat(health.at("/temporal/status").asText()).isEqualTo("DOWN");
  }

  @Test
  void countsExperimentsByStateForPrometheus() {
    assertThat(http.get("/prometheus").body())
        .contains("espalier_experiments{state=\"QUEUED\"} 1.0", "jvm_memory_used_bytes");
  }

  @Test
  void listsDataSets() {
    planted.garden().plantData("cifar10-sample", DatasetDocument.IMAGES, 3, 4_000, 1_000);

    JsonNode data = http.json("/api/data");

    assertThat(data).hasSize(1);
    assertThat(data.get(0).path("name").asText()).isEqualTo("cifar10-sample");
    assertThat(data.get(0).path("train").asInt()).isEqualTo(4_000);
  }

  @Test
  void showsSearchSpacesAndSuggestsTheOneThatWasMeant() {
    assertThat(http.json("/api/spaces").get(0).path("size").asLong()).isEqualTo(15_625);
    assertThat(http.json("/api/spaces/nas-bench-201").path("title").asText())
        .isEqualTo("NAS-Bench-201");
    HttpResponse<String> response = http.get("/api/spaces/nasbench201");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("Did you mean nas-bench-201?");
  }

  @Test
  void drawsAnArchitectureAndNamesTheMistakeInOneThatIsNone() {
    String cell =
        "%7Cnor_conv_3x3~0%7C%2B%7Cnone~0%7Cskip_connect~1%7C%2B%7Cnone~0%7Cnone~1%7Cavg_pool_3x3~2%7C";

    HttpResponse<String> drawn = http.get("/api/spaces/nas-bench-201/drawing?architecture=" + cell);

    assertThat(drawn.statusCode()).isEqualTo(200);
    assertThat(drawn.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
    assertThat(drawn.body()).contains("<svg");
    assertThat(
            http.get("/api/spaces/nas-bench-201/drawing?architecture=%7Cwrong~0%7C").statusCode())
        .isEqualTo(400);
  }

  @Test
  void describesTheMethodsWithPresetsAndSchema() {
    JsonNode method = http.json("/api/methods").get(0);

    assertThat(method.path("name").asText()).isEqualTo("te-nas");
    assertThat(method.path("stages")).hasSize(4);
    assertThat(method.at("/presets/0/name").asText()).isEqualTo("recommended");
    assertThat(method.at("/presets/2/specification/search/ntk/batch").asInt()).isEqualTo(72);
    assertThat(method.at("/schema/$schema").asText()).contains("2020-12");
  }

  @Test
  void describesTheFindingsOfEveryMethodInOpenApi() {
    JsonNode schemas =
        Json.tree(new Yaml().<Object>load(http.get("/openapi.yml").body()))
            .at("/components/schemas");

    JsonNode mapping = schemas.at("/Findings/discriminator/mapping");
    assertThat(mapping.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(Methods.names());
    assertThat(schemas.at("/Findings/oneOf")).hasSize(mapping.size());
    mapping.forEach(schema ->
        assertThat(schemas.at(schema.asText().substring("#/components/schemas".length())))
            .as(schema.asText())
            .isNotEmpty());
  }

  @Test
  void describesEveryCallInOpenApi() {
    JsonNode paths =
        Json.tree(new Yaml().<Object>load(http.get("/openapi.yml").body())).path("paths");

    Set<String> calls = new TreeSet<>();
    paths
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method -> calls.add(method + " " + path.getKey())));
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "get /api/experiments",
            "post /api/experiments",
            "get /api/experiments/{id}",
            "get /api/experiments/{id}/plots",
            "get /api/experiments/{id}/events",
            "get /api/experiments/{id}/artifacts",
            "get /api/experiments/{id}/artifacts/{sha}",
            "post /api/experiments/{id}/pause",
            "post /api/experiments/{id}/resume",
            "post /api/experiments/{id}/cancel",
            "post /api/experiments/{id}/retry",
            "post /api/experiments/retry",
            "get /api/experiments/{id}/programs",
            "get /api/experiments/{id}/series",
            "get /api/experiments/{id}/series/csv",
            "get /api/experiments/{id}/series/parquet",
            "get /api/comparison",
            "post /api/experiments/{id}/rerun",
            "post /api/experiments/{id}/rerun/plan",
            "post /api/experiments/{id}/fork",
            "post /api/experiments/{id}/fork/plan",
            "get /api/experiments/{id}/deletion",
            "delete /api/experiments/{id}",
            "post /api/experiments/{id}/labels",
            "get /api/usage",
            "get /api/deletions",
            "post /api/experiments/{id}/replay",
            "get /api/experiments/{id}/replay",
            "post /api/backups",
            "get /api/events",
            "get /api/live",
            "get /api/data",
            "get /api/methods",
            "get /api/models",
            "get /api/spaces",
            "get /api/spaces/{name}",
            "get /api/spaces/{name}/drawing",
            "get /health");
    assertThat(http.get("/api/docs").body())
        .contains("GET /api/experiments/{id}/plots", "Try a failed stage again");
  }

  @Test
  void servesThePageWithoutAnythingFromElsewhere() {
    HttpResponse<String> page = http.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'", "frame-ancestors 'none'");
    assertThat(page.body())
        .contains("<title>Espalier</title>")
        .doesNotContain("http://", "https://");
    assertThat(http.get("/main.js").headers().firstValue("Content-Type").orElse(""))
        .contains("javascript");
  }

  @Test
  void answersErrorsInTheSameShapeEverywhere() {
    JsonNode problem = Json.read(http.get("/api/spaces/nasbench201").body(), JsonNode.class);

    assertThat(problem.path("type").asText()).isEqualTo("espalier:not-found");
    assertThat(problem.path("title").asText()).isEqualTo("Not Found");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("problems")).hasSize(1);
  }
}
