package dev.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.search.canonical.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingStudyTest {
  private final Arguments arguments =
      Arguments.of(
          List.of(
              "cifar10=" + SharedFiles.of("data/cifar10-subset"),
              "table=" + SharedFiles.of("data/nasbench201/nasbench201_accuracies.csv.gz"),
              "published="
                  + SharedFiles.of(
                      "data/nasbench201-zerocost/nasbench201_zerocost_cifar10.csv.gz")));

  /** As it is printed. */
  private JsonNode answer(String job) throws Exception {
    Map<String, Object> answer = new SettingStudy(arguments).answer(List.of(job.split(" ")));
    return Json.mapper().readTree(Json.write(answer));
  }

  private static double spearman(JsonNode answer, String part) {
    return answer.get(part).get("cifar10").get("allSeeds").get("spearman").doubleValue();
  }

  @Test
  void zeroCellsAreAllClassesOfTheTable() throws Exception {
    JsonNode answer = answer("0 1 parameters");

    assertThat(answer.get("cells").intValue())
        .isEqualTo(6466); // unique cells, Dong and Yang, ICLR 2020
    assertThat(spearman(answer, "baseline")).isBetween(0.7, 0.8);
  }

  /** 0.88 on 300 cells with our own scores: docs/indicators.md. */
  @Test
  void theEnsembleOfPublishedScoresRanksBetterThanParameters() throws Exception {
    assertThat(spearman(answer("300 1 published-ensemble"), "baseline"))
        .isGreaterThan(spearman(answer("300 1 parameters"), "baseline") + 0.05);
  }

  @Test
  void seedsTogetherRankAtLeastAsWellAsOne() throws Exception {
    JsonNode answer = answer("60 3 both search.ntk.batch=8 search.regions.batches=1");

    assertThat(answer.get("regions").get("cifar10").get("oneSeed").doubleValue())
        .isLessThan(spearman(answer, "regions"))
        .isCloseTo(0.7, within(0.2));
    assertThat(spearman(answer, "both")).isGreaterThan(0.5);
    assertThat(answer.get("saturated").doubleValue()).isZero();
  }
}
