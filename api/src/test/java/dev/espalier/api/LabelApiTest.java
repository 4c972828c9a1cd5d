package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, tags and notes, and lists by them. */
final class LabelApiTest {
  private static final String DONE = "te-nas-label22";
  private static final String PRUNING = "te-nas-label44";

  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static Http http;

  @BeforeAll
  static void open() {
    planted = PlantedServer.start(folder);
    http = planted.http();
    planted.garden().plant(DONE, 3, Growth.COMPLETED);
    planted.garden().plant(PRUNING, 0, Growth.PRUNING);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static HttpResponse<String> label(String id, String body) {
    return http.post("/api/experiments/%s/labels".formatted(id), body);
  }

  private static List<String> listed(String query) {
    return http.json("/api/experiments?" + query)
        .valueStream()
        .map(each -> each.path("id").asText())
        .toList();
  }

  private static List<Event> changes(String id) {
    return planted.store().events().list(id).stream()
        .filter(event -> event.kind().equals("labelled"))
        .toList();
  }

  @Test
  void labelsAreShownAndFoundAndNotedWithWhoGaveThem() {
    ExperimentDocument before = planted.store().experiments().find(DONE).orElseThrow();
    String body =
        "{\"name\": \" Grüße \", \"addTags\": [\"paper\", \"b\"], \"note\": \"N\", \"by\": \"eve\"}";
    assertThat(label(DONE, body).statusCode()).isEqualTo(200);
    HttpResponse<String> again = label(DONE, body);

    JsonNode labels = Json.read(again.body(), JsonNode.class).path("labels");
    assertThat(labels.toString())
        .isEqualTo("{\"name\":\"Grüße\",\"tags\":[\"b\",\"paper\"],\"note\":\"N\"}");
    assertThat(changes(DONE)).hasSize(1);
    assertThat(changes(DONE).getFirst().by()).isEqualTo("eve");
    assertThat(planted.store().experiments().find(DONE)).contains(before);
    assertThat(listed("tag=paper")).containsExactly(DONE);
    assertThat(listed("tag=paper,b")).containsExactly(DONE);
    assertThat(listed("tag=paper,other")).isEmpty();
    assertThat(listed("q=gr%C3%BC%C3%9Fe")).containsExactly(DONE);
    assertThat(http.json("/api/experiments?tag=b").at("/0/labels/name").asText())
        .isEqualTo("Grüße");

    label(DONE, "{\"name\": \"\", \"note\": \"\", \"removeTags\": [\"paper\", \"b\", \"none\"]}");
    assertThat(http.json("/api/experiments/" + DONE).at("/labels/tags")).isEmpty();
    assertThat(listed("tag=paper")).isEmpty();
    assertThat(changes(DONE)).hasSize(2);
  }

  @Test
  void listsByMethodAndTime() {
    assertThat(listed("method=te-nas")).contains(DONE, PRUNING);
    assertThat(listed("method=random")).isEmpty();
    assertThat(listed("since=2000-01-01")).contains(DONE, PRUNING);
    assertThat(listed("since=" + Instant.now().plusSeconds(3600))).isEmpty();
    assertThat(listed("since=999999w")).contains(DONE);
    assertThat(http.get("/api/experiments?since=soon").body()).contains("soon is no moment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "nothing",
        "{\"name\": 3}",
        "{\"title\": \"x\"}",
        "{\"name\": \"a\\nb\"}",
        "{\"name\": \"\u202Eabc\"}",
        "{\"name\": \"--all\"}",
        "{\"addTags\": \"x\"}",
        "{\"addTags\": [\"two words\"]}",
        "{\"addTags\": [\"\"]}",
        "{\"addTags\": [\"-x\"]}",
        "{\"name\": \"x\", \"by\": \"\\u0000\"}"
      })
  void refusesWhatIsNoLabel(String body) {
    assertThat(label(PRUNING, body).statusCode()).isEqualTo(400);
    assertThat(changes(PRUNING)).isEmpty();
  }

  @Test
  void refusesWhatIsTooLongOrTooMuch() {
    assertThat(label(PRUNING, "{\"name\": \"%s\"}".formatted("x".repeat(81))).body())
        .contains("a name has at most 80 characters, but has 81");
    assertThat(label(PRUNING, "{\"note\": \"%s\"}".formatted("x".repeat(2001))).statusCode())
        .isEqualTo(400);
    String tags = String.join(",", IntStream.range(0, 21).mapToObj(i -> "\"t" + i + "\"").toList());
    assertThat(label(PRUNING, "{\"addTags\": [%s]}".formatted(tags)).body())
        .contains("at most 20 tags");
    assertThat(label("te-nas-nobody", "{\"name\": \"x\"}").statusCode()).isEqualTo(404);
  }
}
