package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.EvolutionGarden.Growth;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API says of an experiment that evolves architectures on a predictor. */
final class EvolutionApiTest {
  private static final String DONE = "gnn-evolution-api22";
  private static final String TRAINING = "gnn-evolution-api33";
  private static final String EVOLVING = "gnn-evolution-api44";

  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static JsonNode done;
  private static JsonNode training;
  private static JsonNode evolving;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    EvolutionGarden garden = new EvolutionGarden(planted.store());
    garden.plant(DONE, 5, Growth.COMPLETED);
    garden.plant(TRAINING, 6, Growth.TRAINING);
    garden.plant(EVOLVING, 7, Growth.EVOLVING);
    done = plots(DONE);
    training = plots(TRAINING);
    evolving = plots(EVOLVING);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static JsonNode plots(String id) {
    return planted.http().json("/api/experiments/%s/plots".formatted(id));
  }

  @Test
  void saysOfWhichMethodThePlotsAre() {
    assertThat(done.path("method").asText()).isEqualTo("gnn-evolution");
    planted.garden().plant("te-nas-api55", 1, Garden.Growth.PRUNING);
    assertThat(plots("te-nas-api55").path("method").asText()).isEqualTo("te-nas");
  }

  @Test
  void plotsTheWholeSampleWithCostAndAccuracyLessWhatFailed() {
    JsonNode sample = done.path("sample");

    assertThat(sample.path("architectures")).hasSize(EvolutionGarden.SAMPLE - 1);
    assertThat(sample.path("failed").asInt()).isOne();
    assertThat(sample.path("architectures"))
        .allSatisfy(each -> {
          assertThat(each.path("macs").asLong()).isBetween(1_000_000L, 15_000_000L);
          assertThat(each.path("validationAccuracy").asDouble()).isBetween(0.2, 0.7);
        });
    double best = sample.at("/best/validationAccuracy").asDouble();
    assertThat(sample.path("architectures"))
        .allMatch(each -> each.path("validationAccuracy").asDouble() <= best);
  }

  @Test
  void plotsWhatIsTrainedSoFarWhileTheSampleIsBeingTrained() {
    JsonNode sample = training.path("sample");

    assertThat(sample.path("planned").asInt()).isEqualTo(EvolutionGarden.SAMPLE);
    assertThat(sample.path("evaluated").asInt()).isEqualTo(EvolutionGarden.DONE);
    assertThat(sample.path("architectures")).hasSize(EvolutionGarden.DONE);
    assertThat(sample.at("/architectures/0/parameters").asLong()).isPositive();
    assertThat(sample.path("curves")).hasSize(EvolutionGarden.DONE + 2);
    assertThat(sample.at("/curves/0/validation")).hasSize(6);
    assertThat(training.path("predictor").isNull()).isTrue();
    assertThat(training.path("searches")).isEmpty();
    assertThat(training.path("winner").isNull()).isTrue();
  }

  @Test
  void costsOfARunningSampleAreThoseOfTheFinishedOne() {
    JsonNode row = training.at("/sample/architectures/0");

    planted.garden().plantData("cifar10-sample", "images", 3, 4_000, 1_000);
    assertThat(plots(TRAINING).at("/sample/architectures/0/macs")).isEqualTo(row.path("macs"));
    assertThat(row.path("macs").asLong()).isLessThanOrEqualTo(15_000_000);
  }

  @Test
  void plotsHowWellPredictorsRank() {
    JsonNode predictor = done.path("predictor");

    assertThat(predictor.path("kind").asText()).isEqualTo("ensemble");
    assertThat(predictor.path("quality")).hasSize(7);
    assertThat(predictor.at("/quality/0/low").asDouble())
        .isLessThan(predictor.at("/quality/0/tau").asDouble());
    assertThat(predictor.path("heldOut")).isNotEmpty();
  }

  @Test
  void plotsEverySearchTheChosenOneFirst() {
    assertThat(done.path("searches").findValuesAsText("strategy"))
        .containsExactly("genetic", "regularized", "local", "random");
    assertThat(done.at("/searches/0/history")).hasSize(100);
    assertThat(done.path("front")).hasSize(9);
  }

  @Test
  void plotsTheSearchesThatHaveEndedWhileOthersGoOn() {
    assertThat(evolving.path("searches").findValuesAsText("strategy"))
        .containsExactly("genetic", "regularized");
    assertThat(evolving.path("winner").isNull()).isTrue();
    assertThat(evolving.at("/predictor/kind").asText()).isEqualTo("ensemble");
  }

  @Test
  void plotsTheWinnerBesideRandomArchitecturesWithTheirSeedsAndTheDifference() {
    assertThat(done.at("/winner/warning").asText()).contains("extrapolates");
    List<String> roles = done.path("trainings").findValuesAsText("role");
    assertThat(roles).hasSize(12);
    assertThat(roles.subList(0, 3)).containsOnly("found");
    assertThat(done.at("/trainings/2/seed").asLong()).isEqualTo(2);
    assertThat(done.at("/trainings/0/macs").asLong()).isEqualTo(done.at("/winner/macs").asLong());
    assertThat(done.at("/difference/low").asDouble())
        .isLessThan(done.at("/difference/mean").asDouble());
  }

  @Test
  void listsItWithItsAccuracyAndStage() {
    JsonNode list = planted.http().json("/api/experiments");
    List<String> ids = list.findValuesAsText("id");

    assertThat(list.get(ids.indexOf(DONE)).path("accuracy").asDouble()).isBetween(0.3, 0.7);
    assertThat(list.get(ids.indexOf(TRAINING)).path("stage").asText()).isEqualTo("evaluate");
    double progress = list.get(ids.indexOf(TRAINING)).path("progress").asDouble();
    assertThat(progress).isBetween(0.1, 0.5);
  }

  @Test
  void offersTheMethodWithItsStagesPresetsAndSchema() {
    JsonNode methods = planted.http().json("/api/methods");

    assertThat(methods.findValuesAsText("name")).contains("te-nas", "gnn-evolution");
    JsonNode method = methods.get(1);
    assertThat(method.path("title").asText()).isEqualTo("GNN-guided evolution");
    assertThat(method.path("stages")).hasSize(7);
    assertThat(method.path("presets").findValuesAsText("name"))
        .containsExactly("quick", "published");
    assertThat(method.at("/schema/properties/network/properties/layers").isMissingNode()).isFalse();
  }

  @Test
  void drawsAnArchitectureOfAnyNumberOfLayers() {
    String drawing =
        planted
            .http()
            .get("/api/spaces/parallel-ops/drawing?architecture=skip%2Bsep3%7Cdil5")
            .body();

    assertThat(drawing).startsWith("<svg").contains("sep 3×3", "dil 5×5");
  }
}
