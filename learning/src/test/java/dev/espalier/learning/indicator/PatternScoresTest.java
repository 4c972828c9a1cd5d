package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** naswot and swap by hand. */
class PatternScoresTest {

  @Test
  void theHammingKernelCountsTheUnitsThatTwoImagesAgreeIn() {
    // images 101, 110, 111: K = 3 2-apart 1, 1-apart 2: |3 1 2; 1 3 2; 2 2 3| = 3(9-4) - (3-4) +
    // 2(2-6) = 8
    ActivationPatterns patterns = patterns(new double[][] {{1, 1, 1}, {0, 2, 3}, {1, -1, 1}});

    assertThat(HammingKernel.score(patterns)).isCloseTo(Math.log(8), within(1e-12));
  }

  @Test
  void imagesOfTheSamePatternHaveNoScore() {
    assertThat(HammingKernel.score(patterns(new double[][] {{1, 1}, {0, 0}, {2, 1}}))).isNull();
  }

  @Test
  void swapCountsTheDifferentColumnsOfUnits() {
    // over the images: 11, 01, 10, 11 again
    assertThat(SampleWisePatterns.count(patterns(new double[][] {{1, 1}, {0, 1}, {1, 0}, {2, 2}})))
        .isEqualTo(3);
  }

  @Test
  void swapTellsUnitsApartByTheirLastImage() {
    double[][] units = new double[3][65]; // one image more than a word has bits
    units[1][64] = 1;
    units[2][64] = 1;

    assertThat(SampleWisePatterns.count(patterns(units))).isEqualTo(2);
  }

  /** {@code [unit][image]}. */
  private static ActivationPatterns patterns(double[][] outputs) {
    ActivationPatterns patterns = new ActivationPatterns(outputs[0].length);
    patterns.add(outputs);
    return patterns;
  }
}
