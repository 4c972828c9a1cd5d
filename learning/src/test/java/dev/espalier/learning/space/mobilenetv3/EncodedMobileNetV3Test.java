package dev.espalier.learning.space.mobilenetv3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticBlock;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import dev.espalier.search.space.parallel.ParallelSpace;
import dev.espalier.search.statistics.Statistics;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Predictors read networks of MobileNetV3")
class EncodedMobileNetV3Test {
  private static final Torch TORCH = Torch.cpu();
  private static final List<ElasticArchitecture> NETWORKS = networks(260);

  private static List<ElasticArchitecture> networks(int count) {
    RandomStream stream = RandomStream.of(3, "networks");
    return Stream.generate(() -> MobileNetV3.SPACE.random(stream)).limit(count).toList();
  }

  /** Large kernels early, large expansions late, and depth are good. */
  private static double accuracy(Architecture architecture) {
    ElasticArchitecture network = (ElasticArchitecture) architecture;
    double sum = 0.4;
    for (int stage = 0; stage < ElasticArchitecture.STAGES; stage++) {
      for (ElasticBlock block : network.stages().get(stage)) {
        sum += 0.002 * block.kernel() * (5 - stage) / 5 + 0.003 * block.expansion() * stage / 5;
      }
      sum += 0.01 * network.depth(stage);
    }
    return sum;
  }

  private static Predictor fitted(String kind) {
    TrainingRows all =
        new TrainingRows(
            NETWORKS, NETWORKS.stream().mapToDouble(EncodedMobileNetV3Test::accuracy).toArray());
    PredictorRecipe recipe =
        new PredictorRecipe(kind, 20, 5e-3, 8, 6, 2, 5, 0.1, 0, kind.equals("forest") ? 50 : 1);
    return ((FitOutcome.Finished)
            Predictors.fit(
                TORCH,
                MobileNetV3.SPACE,
                recipe,
                all.select(IntStream.range(0, 200).toArray()),
                1,
                "fit",
                null,
                FitMonitor.none()))
        .predictor();
  }

  @ParameterizedTest(name = "{0}: Kendall''s tau above {1}")
  @CsvSource({"forest, 0.2", "gnn, 0.2", "gaussian-process, 0.4"})
  void andLearnWhatStandsWhere(String kind, double tau) {
    List<ElasticArchitecture> unseen = NETWORKS.subList(200, 260);
    double[] accuracies = unseen.stream().mapToDouble(EncodedMobileNetV3Test::accuracy).toArray();
    Predictor predictor = fitted(kind);
    double[] predicted = predictor.predict(unseen);

    assertThat(Statistics.kendallTau(predicted, accuracies)).isGreaterThan(tau);
    assertThat(Predictors.load(TORCH, MobileNetV3.SPACE, predictor.save()).predict(unseen))
        .isEqualTo(predicted);
  }

  /** The same blocks one after another, whose stages end elsewhere. */
  @Test
  void andTellWhereAStageEnds() {
    List<ElasticArchitecture> apart =
        List.of(
            ElasticArchitecture.parse("k3e3-k3e3|k5e4-k7e6-k3e4|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3"),
            ElasticArchitecture.parse("k3e3-k3e3-k5e4|k7e6-k3e4|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3"),
            ElasticArchitecture.parse("k3e3-k3e3|k5e4-k7e6|k3e4-k3e3-k3e3|k3e3-k3e3|k3e3-k3e3"));
    double[] predicted = fitted("mlp").predict(apart);
    assertThat(IntStream.range(0, 3).mapToDouble(i -> predicted[i]).distinct()).hasSize(3);
  }

  @Test
  void andNoOthers() {
    Architecture other = ParallelSpace.PUBLISHED.random(RandomStream.of(0, "other"));
    Predictor predictor = fitted("forest");
    assertThatThrownBy(() -> predictor.predict(List.of(other)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not in the space");
  }
}
