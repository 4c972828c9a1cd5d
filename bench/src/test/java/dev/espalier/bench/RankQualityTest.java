package dev.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankQualityTest {

  @Test
  void oneOfSixPairsInOppositeOrderIsTwoThirds() {
    RankQuality quality =
        RankQuality.of(
            new double[] {1, 2, 4, 3}, new double[] {.6, .7, .8, .9}, new double[] {5, 5, 7, 7});

    assertThat(quality.kendall()).isCloseTo(4 / 6., within(1e-12));
    assertThat(quality.spearman()).isCloseTo(0.8, within(1e-12)); // 1 - 6 * 2 / (4 * 15)
    assertThat(quality.rankOfBest()).isEqualTo(2);
    assertThat(quality.within()).isZero(); // one pair alike, one opposite
  }

  @Test
  void scoresThatTieShareTheirRankAndSayNothingOfAPair() {
    RankQuality quality =
        RankQuality.of(
            new double[] {1, 3, 3, Double.NEGATIVE_INFINITY},
            new double[] {.6, .9, .8, .5},
            new double[] {1, 1, 1, 1});

    assertThat(quality.rankOfBest()).isEqualTo(1.5);
    assertThat(quality.within()).isCloseTo(5 / 6., within(1e-12));
  }

  @Test
  void differentParametersEverywhereLeaveNoPairToCompare() {
    assertThat(
            RankQuality.of(new double[] {1, 2}, new double[] {.1, .2}, new double[] {1, 2})
                .within())
        .isNaN();
  }
}
