package dev.espalier.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.specification.SpecificationReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments that are deleted by the API. */
final class DeletionApiTest {
  private static final String ID = "te-nas-over01";

  @TempDir private Path folder;
  private PlantedServer planted;
  private Http http;

  @BeforeEach
  void open() {
    planted = PlantedServer.start(folder);
    http = planted.http();
  }

  @AfterEach
  void close() {
    planted.close();
  }

  private Planting started(String id) {
    Planting planting =
        Planting.launched(
            planted.store(), id, SpecificationReader.preset("te-nas", "quick", Map.of()));
    planting.start("d1".repeat(32));
    return planting;
  }

  private void completed(String id) {
    String sha = planted.store().artifacts().put(id.getBytes(UTF_8), "weights", Map.of());
    started(id).complete("{\"weights\":\"%s\"}".formatted(sha));
  }

  private JsonNode plan() {
    return http.json("/api/experiments/%s/deletion".formatted(ID));
  }

  private HttpResponse<String> delete(String token) {
    return http.delete("/api/experiments/%s?plan=%s&by=bob".formatted(ID, token));
  }

  private List<String> listed() {
    return http.json("/api/experiments")
        .valueStream()
        .map(each -> each.path("id").asText())
        .toList();
  }

  @Test
  void deletesWhatThePlanSaysAndTellsAgainWhoDidIt() {
    completed(ID);
    assertThat(listed()).containsExactly(ID);
    JsonNode plan = plan();
    assertThat(plan.at("/frees/stages").asInt()).isEqualTo(2);
    assertThat(plan.at("/frees/bytes").asInt()).isEqualTo(ID.length());
    assertThat(plan.path("sharers")).isEmpty();
    assertThat(http.json("/api/usage").at("/experiments/0/own").asInt()).isEqualTo(ID.length());

    HttpResponse<String> first = delete(plan.path("token").asText());
    HttpResponse<String> second = delete("another");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    JsonNode deletion = Json.read(first.body(), JsonNode.class);
    assertThat(deletion.path("by").asText()).isEqualTo("bob");
    assertThat(deletion.at("/freed/bytes").asInt()).isEqualTo(ID.length());
    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(listed()).isEmpty();
    assertThat(http.get("/api/experiments/" + ID).statusCode()).isEqualTo(404);
    assertThat(http.get("/api/experiments/%s/deletion".formatted(ID)).body())
        .contains("was deleted by bob");
    assertThat(http.json("/api/deletions").at("/0/experiment").asText()).isEqualTo(ID);
    assertThat(http.json("/api/usage").path("total").asInt()).isZero();
  }

  @Test
  void refusesWhatIsNotOverAndSaysHowToEndIt() {
    started(ID);
    for (ExperimentState state : ExperimentState.values()) {
      if (!state.isOver()) {
        planted.store().experiments().updateState(ID, state, null);
        HttpResponse<String> refused = delete("x");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
            .contains(state.words(), "To end it: espalier cancel " + ID)
            .doesNotContain("%s");
      }
    }
    assertThat(listed()).containsExactly(ID);
  }

  @Test
  void refusesAPlanThatIsAnotherByNow() {
    completed(ID);
    assertThat(delete("").body()).contains("ask for it first");
    String token = plan().path("token").asText();
    String other = "te-nas-over02";
    completed(other);
    planted.store().experiments().keep(other, "weights", Digest.sha256(ID.getBytes(UTF_8)));

    assertThat(delete(token).body()).contains("is not what would be deleted now");

    assertThat(plan().path("sharers").valueStream().map(JsonNode::asText)).containsExactly(other);
    assertThat(plan().at("/stays/bytes").asInt()).isEqualTo(ID.length());
    assertThat(listed()).hasSize(2);
  }

  @Test
  void anUnknownExperimentIsNotFound() {
    assertThat(http.get("/api/experiments/%s/deletion".formatted(ID)).statusCode()).isEqualTo(404);
    assertThat(delete("x").statusCode()).isEqualTo(404);
    assertThat(http.delete("/api/experiments/%s?plan=x&by=%%00".formatted(ID)).body())
        .contains("by must be a text of 1 to 100 characters");
  }

  @Test
  void manyDeletionsAtOnceAreOne() throws Exception {
    completed(ID);
    String token = plan().path("token").asText();
    List<Callable<HttpResponse<String>>> calls =
        IntStream.range(0, 8)
            .<Callable<HttpResponse<String>>>mapToObj(_ -> () -> delete(token))
            .toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var answer : threads.invokeAll(calls)) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
      }
    }
    assertThat(http.json("/api/deletions")).hasSize(1);
  }
}
