package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked again under its key is done once; by the real launcher, with Temporal away. */
final class IdempotencyTest {
  private static final String SEARCH = launch(0, false);

  @TempDir private static Path folder;
  private static EmbeddedStore embedded;
  private static Store store;
  private static ApiServer server;
  private static Http http;

  private static String launch(int seed, boolean fresh) {
    return "{\"specification\": {\"method\": \"te-nas\", \"seed\": %d}, \"fresh\": %s}"
        .formatted(seed, fresh);
  }

  @BeforeAll
  static void open() {
    embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
    store = Store.connect(embedded.uri());
    server = ApiServer.listen(new ApiOptions(0, "127.0.0.1:1", store, folder));
    http = new Http(server.url());
  }

  @AfterAll
  static void close() {
    server.close();
    store.close();
    embedded.close();
  }

  private static HttpResponse<String> post(String path, String body, String key) {
    return http.post(path, body, IdempotencyKey.HEADER, key);
  }

  private static String id(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(201);
    return Json.read(response.body(), JsonNode.class).path("id").asText();
  }

  @Test
  void launchesOneExperimentHoweverOftenItIsAsked() {
    String first = id(post("/api/experiments", SEARCH, "key-1"));

    assertThat(id(post("/api/experiments", SEARCH, "key-1"))).isEqualTo(first);
    assertThat(id(post("/api/experiments", SEARCH, "\"key-1\""))).isEqualTo(first);
    assertThat(id(post("/api/experiments", SEARCH.replace(" ", ""), "key-1"))).isEqualTo(first);
    assertThat(store.experiments().find(first)).isPresent();
    assertThat(store.events().list(first)).as("launched once").hasSize(1);
  }

  @Test
  void launchesOneExperimentForManyWhoAskAtTheSameMoment() {
    List<String> ids =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(i -> id(post("/api/experiments", launch(4, false), "key-at-once")))
            .distinct()
            .toList();
    assertThat(ids).hasSize(1);
  }

  @Test
  void launchesAnotherExperimentUnderAnotherKeyAndUnderNone() {
    String first = id(post("/api/experiments", SEARCH, "key-2"));

    assertThat(id(post("/api/experiments", SEARCH, "key-3"))).isNotEqualTo(first);
    assertThat(id(http.post("/api/experiments", SEARCH)))
        .isNotEqualTo(id(http.post("/api/experiments", SEARCH)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesAKeyThatWasUsedForAnotherExperiment(boolean fresh) {
    String key = "key-4-" + fresh;
    String first = id(post("/api/experiments", SEARCH, key));

    HttpResponse<String> response = post("/api/experiments", launch(fresh ? 0 : 1, fresh), key);

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains(first, "new key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with blanks", "\"\"", "tab\tinside"})
  void refusesWhatIsNoKey(String key) {
    HttpResponse<String> response = post("/api/experiments", SEARCH, key);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("visible ASCII", "UUID");
  }

  @Test
  void steersOnceUnderAKey() {
    String id = id(post("/api/experiments", launch(7, false), "key-5"));
    String base = "/api/experiments/" + id;

    assertThat(post(base + "/pause", "", "wish-1").statusCode()).isEqualTo(200);
    assertThat(post(base + "/resume", "", "wish-2").statusCode()).isEqualTo(200);
    assertThat(post(base + "/pause", "", "wish-1").statusCode()).isEqualTo(200); // comes late

    assertThat(store.experiments().find(id).orElseThrow().desired())
        .isEqualTo(ExperimentState.RUNNING);
    assertThat(post(base + "/cancel", "", "wish-1").statusCode()).isEqualTo(422);
  }
}
