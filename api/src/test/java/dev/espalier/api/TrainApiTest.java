package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training, and the files of experiments, over the API. */
class TrainApiTest {
  private static final String DONE = "train-done22";
  private static final String AT_IT = "train-at2222";

  @TempDir private static Path folder;
  private static PlantedServer planted;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    TrainGarden.plant(planted.store(), AT_IT, false);
    TrainGarden.plant(planted.store(), DONE, true);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  @Test
  void plotsItsCurvesAndItsCost() {
    JsonNode plots = planted.http().json("/api/experiments/%s/plots".formatted(AT_IT));
    assertThat(plots.path("method").asText()).isEqualTo("train");
    assertThat(plots.path("architecture").asText()).isEqualTo(TrainGarden.CELL);
    assertThat(plots.path("epochs").asInt()).isEqualTo(5);
    assertThat(plots.path("parameters").asLong()).isPositive();
    assertThat(plots.at("/training/validation")).hasSize(3);
    assertThat(plots.at("/training/loss/0/1").asDouble()).isEqualTo(2);
    assertThat(plots.at("/training/testAccuracy").isNull()).isTrue();
    JsonNode done = planted.http().json("/api/experiments/%s/plots".formatted(DONE));
    assertThat(done.at("/training/testAccuracy").asDouble()).isEqualTo(0.58);
  }

  @Test
  void listsAndServesTheFilesThatAnExperimentHasLeft() {
    JsonNode files = planted.http().json("/api/experiments/%s/artifacts".formatted(DONE));
    assertThat(files).hasSize(1);
    JsonNode weights = files.get(0);
    assertThat(weights.path("name").asText()).isEqualTo("weights.safetensors");
    assertThat(weights.path("kind").asText()).isEqualTo("weights");
    assertThat(weights.path("bytes").asLong()).isEqualTo(3);
    assertThat(planted.http().json("/api/experiments/" + DONE).path("artifacts")).isEqualTo(files);
    HttpResponse<byte[]> file =
        planted
            .http()
            .bytes(
                "/api/experiments/%s/artifacts/%s"
                    .formatted(DONE, weights.path("digest").asText()));
    assertThat(file.body()).containsExactly(5, 6, 7);
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .contains(DONE + "-weights.safetensors");
    assertThat(planted.http().json("/api/experiments/%s/artifacts".formatted(AT_IT))).isEmpty();
  }

  @Test
  void offersTheRecipes() {
    JsonNode methods = planted.http().json("/api/methods");
    JsonNode train = methods.get(2);
    assertThat(train.path("name").asText()).isEqualTo("train");
    assertThat(train.path("presets").findValuesAsText("name"))
        .containsExactly("quick", "nas-bench-201", "darts-cifar", "darts-imagenet");
    assertThat(train.path("stages")).hasSize(3);
  }
}
