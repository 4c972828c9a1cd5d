package dev.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.SharedFiles;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PredictorTauTest {
  private static PredictorTau bench() throws Exception {
    String scores = "data/nasbench201-zerocost/nasbench201_zerocost_";
    return new PredictorTau(
        new TauData(
            TableData.table(SharedFiles.of("data/nasbench201/nasbench201_accuracies.csv.gz")),
            Arguments.of(
                List.of(
                    "cifar10=" + SharedFiles.of(scores + "cifar10.csv.gz"),
                    "imagenet16-120=" + SharedFiles.of(scores + "imagenet16_120.csv.gz")))));
  }

  private static double tau(PredictorTau bench, String job) throws Exception {
    Map<String, Object> answer = bench.answer(List.of(job.split(" ")));
    return (double) Objects.requireNonNull(answer.get("tau"));
  }

  /** Spearman's correlation is .799 by the data's own description; Kendall's lies below. */
  @Test
  void cellsAreTheirsOfTheTableAndPredictorsAreAskedForOthers() throws Exception {
    PredictorTau bench = bench();

    assertThat(tau(bench, "parameters cifar10 distinct 78 0")).isCloseTo(0.61, within(0.03));
    assertThat(tau(bench, "boosting cifar10 all 78 0")).isBetween(0.4, 0.75);
    assertThat(tau(bench, "gaussian-process+indicators imagenet16-120 distinct 40 1"))
        .isBetween(0.65, 0.85);
    assertThatThrownBy(() -> tau(bench, "parameters cifar10 some 78 0"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("all or distinct");
  }
}
