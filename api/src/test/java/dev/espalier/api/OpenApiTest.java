package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.method.Methods;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI document, and that all calls keep what it says of all of them. */
final class OpenApiTest {
  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static Http http;
  private static JsonNode document;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    http = planted.http();
    planted.garden().plantAll();
    document = Json.tree(new Yaml().<Object>load(http.get("/openapi.yml").body()));
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static void eachCall(BiConsumer<String, JsonNode> check) {
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(
                    call -> check.accept(call.getKey() + " " + path.getKey(), call.getValue())));
  }

  @Test
  void namesTheServerThatAnswers() {
    assertThat(document.at("/servers/0/url").asText())
        .isEqualTo("http://127.0.0.1:" + planted.server().port());
  }

  @Test
  void namesEveryCallByWhatItMeans() {
    Set<String> names = new HashSet<>();
    eachCall((name, call) -> {
      String id = call.path("operationId").asText();
      assertThat(id).as(name).matches("[a-z]+([A-Z][a-z0-9]+)+");
      assertThat(names.add(id)).as(id).isTrue();
      assertThat(call.path("summary").asText()).as(name).isNotEmpty();
    });
  }

  @Test
  void tellsEveryStatusThatACallCanAnswerWith() {
    eachCall((name, call) -> {
      JsonNode responses = call.path("responses");
      List<String> expected = new ArrayList<>(List.of("400", "403", "500", "503"));
      if (name.contains("{")) {
        expected.add("404");
      }
      if (name.startsWith("post")) {
        expected.add("409");
      }
      if (call.has("requestBody")) {
        expected.addAll(List.of("413", "415"));
      }
      for (String status : expected) {
        JsonNode schema =
            responses.path(status).at("/content").path("application/problem+json").path("schema");
        assertThat(schema.path("$ref").asText()).as("%s %s", name, status).endsWith("/Problem");
      }
    });
  }

  @Test
  void givesEveryPropertyAndParameterAType() {
    eachCall((name, call) ->
        call.path("parameters")
            .forEach(each ->
                assertThat(each.at("/schema/type").asText())
                    .as("%s: %s", name, each.path("name"))
                    .isIn("string", "integer", "number", "boolean", "array")));
  }

  @Test
  void tellsSpecificationsAndFindingsApartByTheirMethod() {
    for (String schema : List.of("Specification", "Findings")) {
      JsonNode mapping =
          document.at("/components/schemas/%s/discriminator/mapping".formatted(schema));
      assertThat(mapping.properties().stream().map(Map.Entry::getKey))
          .containsExactlyInAnyOrderElementsOf(Methods.names());
      mapping
          .properties()
          .forEach(each -> {
            String pointer = each.getValue().asText().substring(1);
            assertThat(document.at(pointer + "/properties/method/enum/0").asText())
                .isEqualTo(each.getKey());
          });
    }
  }

  @Test
  void answersEveryListInPartsThatAreFilteredAndSorted() {
    List<String> lists = new ArrayList<>();
    eachCall((name, call) -> {
      JsonNode schema = call.at("/responses/200/content").path("application/json").path("schema");
      if (name.startsWith("get ") && schema.path("type").asText().equals("array")) {
        lists.add(name.substring(4).replace("{id}", "te-nas-k7m2qd"));
      }
    });
    assertThat(lists).contains("/api/experiments", "/api/methods").hasSizeGreaterThan(5);
    for (String list : lists) {
      int all = http.json(list).size();
      HttpResponse<String> first = http.get(list + "?limit=1");

      assertThat(Json.read(first.body(), JsonNode.class)).as(list).hasSize(Math.min(1, all));
      assertThat(first.headers().firstValue("X-Total-Count")).as(list).contains("" + all);
      assertThat(first.headers().firstValue("Link").isPresent()).as(list).isEqualTo(all > 1);
      assertThat(http.json(list + "?offset=1")).as(list).hasSize(Math.max(0, all - 1));
      assertThat(http.json(list + "?q=nothing-has-this")).as(list).isEmpty();
      for (String wrong :
          List.of("limit=0", "limit=1001", "offset=-1", "lmit=1", "sort=no-field")) {
        assertThat(http.get(list + "?" + wrong).statusCode()).as(list + "?" + wrong).isEqualTo(400);
      }
    }
  }

  @Test
  void sortsAListByAFieldAndGoesOnWithItsNextPart() {
    List<String> names = names(http.json("/api/methods?sort=name"));
    HttpResponse<String> first = http.get("/api/methods?sort=-name&limit=2");

    assertThat(names).isSorted().hasSizeGreaterThan(3);
    assertThat(names(http.json("/api/methods?sort=-name")))
        .containsExactlyElementsOf(names.reversed());
    String link = first.headers().firstValue("Link").orElseThrow();
    String next = link.substring(1, link.indexOf('>'));
    assertThat(names(http.json(next))).isEqualTo(names.reversed().subList(2, 4));
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(each -> names.add(each.path("name").asText()));
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "retry"})
  void answersWhatDoesNotGoWithTheStateWithAConflict(String verb) {
    ApiOptions options = new ApiOptions(0, "127.0.0.1:1", planted.store(), folder);
    try (ApiServer real = ApiServer.listen(options)) {
      HttpResponse<String> response =
          new Http(real.url()).post("/api/experiments/te-nas-k7m2qd/" + verb, "");

      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(response.body()).containsIgnoringCase("completed").contains("espalier:conflict");
    }
    assertThat(planted.store().experiments().find("te-nas-k7m2qd").orElseThrow().state())
        .isEqualTo(ExperimentState.COMPLETED);
  }
}
