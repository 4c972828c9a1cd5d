package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of experiments with Neural Predictor. */
class NeuralPredictorApiTest {
  private static final String DONE = "neural-predictor-api22";
  private static final String AT_IT = "neural-predictor-api33";

  @TempDir private static Path folder;
  private static PlantedServer planted;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    NeuralPredictorGarden garden = new NeuralPredictorGarden(planted.store());
    garden.plant(DONE, true);
    garden.plant(AT_IT, false);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static JsonNode plots(String id) {
    return planted.http().json("/api/experiments/%s/plots".formatted(id));
  }

  @Test
  void plotsWhatEveryStageFound() {
    JsonNode plots = plots(DONE);
    assertThat(plots.path("method").asText()).isEqualTo("neural-predictor");
    assertThat(plots.at("/split/judged").asInt()).isEqualTo(9_405);
    assertThat(plots.at("/sample/architectures")).hasSize(40);
    assertThat(plots.at("/classifier/folds/found").asInt()).isEqualTo(15);
    assertThat(plots.at("/predictor/points/0/tau").asDouble()).isEqualTo(0.655);
    assertThat(plots.at("/ranking/filters").findValuesAsText("filter"))
        .containsExactly("none", "classifier", "true-accuracy");
    assertThat(plots.at("/cells/top")).hasSize(8);
    assertThat(plots.at("/cells/judged")).hasSize(100);
    assertThat(plots.at("/top/planned").asInt()).isEqualTo(8);
    assertThat(plots.at("/top/evaluated").asInt()).isEqualTo(8);
    assertThat(plots.at("/result/regret/validation").asDouble()).isEqualTo(0.003);
  }

  @Test
  void tellsWhatMeasuringTook() {
    JsonNode indicators = plots(DONE).path("indicators");
    assertThat(indicators.path("names")).hasSize(2);
    assertThat(indicators.path("architectures").asInt()).isEqualTo(9_445);
    assertThat(indicators.path("cpuSeconds").asDouble()).isEqualTo(201);
    assertThat(indicators.at("/settings/channels").asInt()).isEqualTo(8);
    assertThat(plots(AT_IT).path("indicators").isNull()).isTrue();
  }

  @Test
  void plotsWhatThereIsOfARunningOne() {
    JsonNode plots = plots(AT_IT);
    assertThat(plots.at("/sample/evaluated").asInt()).isEqualTo(40);
    for (String later : new String[] {"classifier", "predictor", "ranking", "cells", "result"}) {
      assertThat(plots.get(later).isNull()).as(later).isTrue();
    }
    assertThat(plots.at("/top/evaluated").asInt()).isZero();
  }

  @Test
  void offersItsPresetsAndStages() {
    JsonNode method = null;
    for (JsonNode each : planted.http().json("/api/methods")) {
      method = each.path("name").asText().equals("neural-predictor") ? each : method;
    }
    assertThat(method).isNotNull();
    assertThat(method.at("/presets/0/name").asText()).isEqualTo("quick");
    assertThat(method.at("/presets/1/name").asText()).isEqualTo("published");
    assertThat(method.path("stages")).hasSize(8);
  }
}
