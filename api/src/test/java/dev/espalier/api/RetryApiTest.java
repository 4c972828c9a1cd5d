package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Steering;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries of many experiments, each in a state of its own; Temporal is away. */
final class RetryApiTest {
  private static final String FAILED = "te-nas-fail11";
  private static final String OTHER = "te-nas-fail22";
  private static final String RUNNING = "te-nas-runs33";

  @TempDir private Path folder;
  private EmbeddedStore embedded;
  private Store store;
  private ApiServer server;
  private Http http;

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
    store = Store.connect(embedded.uri());
    server = ApiServer.listen(new ApiOptions(0, "127.0.0.1:1", store, folder));
    http = new Http(server.url());
    Garden garden = new Garden(store);
    garden.plant(FAILED, 1, Growth.FAILED);
    garden.plant(OTHER, 2, Growth.FAILED);
    garden.plant(RUNNING, 3, Growth.PRUNING);
    store.experiments().noteTold(FAILED, new Steering.Told("a run", 0, 0));
    store.experiments().noteTold(OTHER, new Steering.Told("another", 0, 0));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
    embedded.close();
  }

  private JsonNode retry(String body) {
    HttpResponse<String> response = http.post("/api/experiments/retry", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.read(response.body(), JsonNode.class);
  }

  private static String what(JsonNode outcomes, String id) {
    return outcomes
        .valueStream()
        .filter(each -> each.path("id").asText().equals(id))
        .map(each -> each.path("what").asText())
        .findFirst()
        .orElse("");
  }

  @Test
  void retriesAllThatNeedAttentionOnceAndSaysWhoAsked() {
    JsonNode first = retry("{\"by\": \"ada\"}");
    assertThat(first).hasSize(2);
    assertThat(what(first, FAILED)).isEqualTo("ASKED");
    assertThat(what(first, OTHER)).isEqualTo("ASKED");

    JsonNode second = retry("{\"by\": \"bob\"}");
    assertThat(what(second, FAILED)).isEqualTo("ALREADY");
    assertThat(store.experiments().steering(FAILED).retries()).isEqualTo(1);
    assertThat(store.events().list(FAILED))
        .filteredOn(event -> event.kind().equals("retry"))
        .singleElement()
        .satisfies(event -> assertThat(event.by()).isEqualTo("ada"));
  }

  @Test
  void refusesOneWithoutTheOthersAndLeavesAloneWhatHasNotFailed() {
    JsonNode named =
        retry("{\"experiments\": [\"%s\", \"none\", \"%s\"]}".formatted(RUNNING, FAILED));
    assertThat(what(named, RUNNING)).isEqualTo("REFUSED");
    assertThat(what(named, "none")).isEqualTo("REFUSED");
    assertThat(what(named, FAILED)).isEqualTo("ASKED");

    JsonNode failed =
        retry("{\"experiments\": [\"%s\", \"%s\"], \"failed\": true}".formatted(RUNNING, OTHER));
    assertThat(what(failed, RUNNING)).isEqualTo("LEFT");
    assertThat(what(failed, OTHER)).isEqualTo("ASKED");

    store.experiments().updateState(OTHER, ExperimentState.CANCELLED, null);
    assertThat(what(retry("{\"experiments\": [\"%s\"]}".formatted(OTHER)), OTHER))
        .isEqualTo("REFUSED");
  }

  @Test
  void namesEveryMistakeOfTheBody() {
    HttpResponse<String> response =
        http.post(
            "/api/experiments/retry", "{\"experiments\": [], \"fail\": true, \"by\": \"\\u0007\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("experiments is empty", "Did you mean failed?", "by must be a text");
    assertThat(http.post("/api/experiments/%s/retry?by=%%07".formatted(FAILED), "").statusCode())
        .isEqualTo(400);
  }
}
