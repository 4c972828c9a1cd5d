package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.random.RandomStream;
import org.junit.jupiter.api.Test;

class CosineRegimenTest {
  private static CosineRegimen regimen(int epochs) {
    return new CosineRegimen(
        new PredictorRecipe("neural-predictor", epochs, 1e-4, 8, 8, 3, 10, 0, 0, 1),
        1e-3,
        purpose -> RandomStream.of(4, purpose));
  }

  @Test
  void theRateFallsAlongHalfACosineEpochByEpoch() {
    double[] expected = {1e-4, 8.5355339e-5, 5e-5, 1.4644661e-5}; // PyTorch's, T = 4

    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(regimen(4).rate(epoch)).isCloseTo(expected[epoch], within(1e-12));
    }
  }

  @Test
  void whatIsLeftOverOfWholeBatchesRests() {
    assertThat(regimen(1).stepsPerEpoch(172)).isEqualTo(17);
    assertThat(regimen(1).batch(172)).isEqualTo(10);
    assertThat(regimen(1).stepsPerEpoch(180)).isEqualTo(18);
  }

  @Test
  void fewerRowsThanABatchAreOneBatch() {
    assertThat(regimen(1).stepsPerEpoch(4)).isEqualTo(1);
    assertThat(regimen(1).batch(4)).isEqualTo(4);
  }

  @Test
  void everyEpochHasAnOrderOfItsOwnWhichIsAlwaysTheSame() {
    assertThat(regimen(9).order(3, 172)).containsExactly(regimen(9).order(3, 172));
    assertThat(regimen(9).order(3, 172)).isNotEqualTo(regimen(9).order(4, 172));
    assertThat(regimen(9).order(3, 172).clone()).doesNotHaveDuplicates().hasSize(172);
  }
}
