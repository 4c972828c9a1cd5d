package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.specification.TrainSpecification;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.report.ReportResult.Accuracy;
import dev.espalier.workflows.report.TrainResult;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training, and the files of experiments, over the API. */
class TrainApiTest {
  private static final String DONE = "train-done22";
  private static final String AT_IT = "train-at2222";
  private static final String CELL =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

  @TempDir private static Path folder;
  private static PlantedServer planted;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    plant(AT_IT, false);
    plant(DONE, true);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static void plant(String id, boolean whole) {
    Store store = planted.store();
    Planting planting =
        Planting.launched(
            store, id, TrainSpecification.preset("quick", Map.of("architecture", CELL)));
    planting.start(Garden.DATA_DIGEST);
    String key = planting.claim("train");
    String evaluation = Digest.sha256(id);
    store
        .measurements()
        .record(
            key,
            0,
            "round",
            CanonicalJson.of(
                Map.of(
                    "trainings",
                    List.of(
                        Map.of(
                            "evaluationId", evaluation, "architecture", CELL, "role", "found")))));
    for (int epoch = 1; epoch <= 3; epoch++) {
      store.measurements().append(key, 0, "loss-" + evaluation, epoch, 2.0 / epoch);
      store.measurements().append(key, 0, "validation-" + evaluation, epoch, 0.2 * epoch);
    }
    if (whole) {
      String weights = store.artifacts().put(new byte[] {5, 6, 7}, "weights", Map.of());
      planting.finish(
          "train",
          CanonicalJson.of(
              new EvaluateResult(
                  List.of(new Evaluated(evaluation, CELL, "found", 0L, 0.6, 0.58, 0.7, weights)))),
          12);
      store.experiments().keep(id, "weights", weights);
      planting.complete(
          CanonicalJson.of(
              new TrainResult(CELL, 1000, 2000, 5, new Accuracy(0.6, 0.58), 0.7, weights)));
    }
  }

  @Test
  void plotsItsCurvesAndItsCost() {
    JsonNode plots = planted.http().json("/api/experiments/%s/plots".formatted(AT_IT));
    assertThat(plots.path("method").asText()).isEqualTo("train");
    assertThat(plots.path("architecture").asText()).isEqualTo(CELL);
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
