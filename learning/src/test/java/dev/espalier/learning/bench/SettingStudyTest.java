package dev.espalier.learning.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.SharedFiles;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
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

  private Map<String, Object> answer(String job) throws Exception {
    return new SettingStudy(arguments).answer(List.of(job.split(" ")));
  }

  private static double spearman(Map<String, Object> answer, String part) {
    Map<?, ?> quality = (Map<?, ?>) answer.get(part);
    Map<?, ?> of = (Map<?, ?>) quality.get("cifar10");
    return ((RankQuality) of.get("allSeeds")).spearman();
  }

  @Test
  void zeroCellsAreAllClassesOfTheTable() throws Exception {
    Map<String, Object> answer = answer("0 1 parameters");

    assertThat(answer).containsEntry("cells", 6466); // unique cells, Dong and Yang, ICLR 2020
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
    Map<String, Object> answer = answer("60 3 both search.ntk.batch=8 search.regions.batches=1");

    Map<?, ?> regions = (Map<?, ?>) answer.get("regions");
    Map<?, ?> of = (Map<?, ?>) regions.get("cifar10");
    assertThat(of.get("oneSeed"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isLessThan(spearman(answer, "regions"))
        .isCloseTo(0.7, within(0.2));
    assertThat(spearman(answer, "both")).isGreaterThan(0.5);
    assertThat(answer).containsEntry("saturated", 0.0);
  }
}
