package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.statistics.Statistics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonApiTest {
  @TempDir private Path folder;
  private PlantedServer planted;
  private Http http;

  @BeforeEach
  void open() throws Exception {
    planted = PlantedServer.start(folder);
    http = new Http(planted.server().url());
    Garden garden = new Garden(planted.store());
    garden.plant("te-nas-aaaaaa", 10, Growth.COMPLETED);
    garden.plant("te-nas-bbbbbb", 11, Growth.COMPLETED);
    garden.plant("te-nas-cccccc", 12, Growth.QUEUED);
  }

  @AfterEach
  void close() throws Exception {
    planted.close();
  }

  private HttpResponse<String> compare(String... ids) {
    return http.get("/api/comparison?experiment=" + String.join("&experiment=", ids));
  }

  private static JsonNode body(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.read(response.body(), JsonNode.class);
  }

  @Test
  void givesTheMeanOfSeedsWithItsInterval() {
    JsonNode compared = body(compare("te-nas-aaaaaa", "te-nas-bbbbbb", "te-nas-cccccc"));

    assertThat(compared.path("settings")).hasSize(1);
    assertThat(compared.at("/settings/0/setting").asText()).isEqualTo("seed");
    assertThat(compared.at("/settings/0/values")).hasSize(3);
    double[] accuracies =
        IntStream.of(0, 1)
            .mapToDouble(i -> compared.at("/experiments/%d/test".formatted(i)).asDouble())
            .toArray();
    assertThat(compared.path("seeds")).hasSize(1);
    JsonNode seeds = compared.at("/seeds/0");
    assertThat(seeds.path("experiments").valueStream().map(JsonNode::asText))
        .containsExactly("te-nas-aaaaaa", "te-nas-bbbbbb"); // the third has found nothing yet
    assertThat(seeds.path("mean").asDouble()).isEqualTo(Statistics.mean(accuracies));
    assertThat(seeds.path("low").asDouble()).isLessThan(seeds.path("mean").asDouble());
    assertThat(compared.at("/experiments/0/curve/validation")).hasSize(8);
    assertThat(
            compared.at("/experiments/2/curve").isMissingNode()
                || compared.at("/experiments/2/curve").isNull())
        .isTrue();
  }

  @Test
  void namesWhatOtherMethodsSetDifferently() {
    new EvolutionGarden(planted.store())
        .plant("gnn-evolution-dddddd", 5, EvolutionGarden.Growth.TRAINING);

    JsonNode compared = body(compare("te-nas-aaaaaa", "gnn-evolution-dddddd"));

    List<String> paths =
        compared.path("settings").valueStream().map(each -> each.path("setting").asText()).toList();
    assertThat(paths).contains("method", "seed", "space").isSorted();
    assertThat(compared.path("seeds")).isEmpty();
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThat(compare("te-nas-aaaaaa", "te-nas-aaaaaa").statusCode()).isEqualTo(400);
    assertThat(compare("te-nas-aaaaaa", "te-nas-aaaaaa").body()).contains("from 2 to 50");
    assertThat(compare("te-nas-aaaaaa", "nobody").statusCode()).isEqualTo(404);
    assertThat(http.get("/api/comparison").statusCode()).isEqualTo(400);
  }
}
