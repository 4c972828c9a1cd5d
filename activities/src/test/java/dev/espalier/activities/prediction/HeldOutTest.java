package dev.espalier.activities.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeldOutTest {
  private static List<Prediction> shown(int rows) {
    EvolutionSpecification specification = EvolutionSpecification.preset("published", Map.of());
    RandomStream stream = RandomStream.of(0, "test", "held-out");
    List<Architecture> architectures = new ArrayList<>();
    double[] accuracies = new double[rows];
    for (int i = 0; i < rows; i++) {
      architectures.add(specification.searchSpace().random(stream));
      accuracies[i] = stream.nextDouble();
    }
    return HeldOut.shown(new TrainingRows(architectures, accuracies), accuracies);
  }

  @Test
  void areAllShownAtUsualSizes() {
    assertThat(shown(60)).as("of the 300 networks of the published setting").hasSize(60);
    assertThat(shown(2_000)).hasSize(2_000);
  }

  @Test
  void areNoMoreThanAPayloadCanHold() {
    List<Prediction> shown = shown(90_000);
    assertThat(shown).hasSizeBetween(2_000, 4_000);
    assertThat(CanonicalJson.of(shown).length()).isLessThan(512 * 1024);
  }
}
