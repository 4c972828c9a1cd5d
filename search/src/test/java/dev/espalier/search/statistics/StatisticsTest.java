package dev.espalier.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Statistics")
class StatisticsTest {
  @Test
  void knowTheMeanAndTheSampleDeviation() {
    assertThat(Statistics.mean(2, 4, 4, 4, 5, 5, 7, 9)).isEqualTo(5);
    // Squares sum to 32: sqrt(32 / 7), not sqrt(32 / 8) = 2.
    assertThat(Statistics.standardDeviation(2, 4, 4, 4, 5, 5, 7, 9))
        .isCloseTo(2.13809, within(1e-5));
    assertThat(Statistics.standardDeviation(3)).isNaN();
  }

  @Test
  void knowTheMedianOfOddAndEvenNumbers() {
    assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
    assertThat(Statistics.median(9, 1, 5, 6)).isEqualTo(5.5);
  }

  @Test
  void leaveTheirInputAsItIs() {
    double[] values = {3, 1, 2};
    Statistics.median(values);
    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void correlateRanksWithTies() {
    double[] x = {1, 2, 3, 4, 5};
    double[] y = {2, 1, 4, 3, 3};
    // By hand: pairs 10, concordant 6, discordant 3, one tie in y: 3 / sqrt(10 x 9).
    assertThat(Statistics.kendallTau(x, y)).isCloseTo(3 / Math.sqrt(90), within(1e-12));
    // By hand: ranks of y 2, 1, 5, 3.5, 3.5: covariance sum 5.5, sums of squares 10 and 9.5.
    assertThat(Statistics.spearman(x, y)).isCloseTo(5.5 / Math.sqrt(95), within(1e-12));
  }

  @Test
  void seeOrderOnly() {
    double[] x = {1, 2, 3, 4};
    assertThat(Statistics.spearman(x, new double[] {1, 10, 100, 1000})).isCloseTo(1, within(1e-12));
    assertThat(Statistics.kendallTau(x, new double[] {4, 3, 2, 1})).isCloseTo(-1, within(1e-12));
  }

  @Test
  void refuseTooLittle() {
    assertThatThrownBy(Statistics::mean).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Statistics.median()).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Statistics.spearman(new double[] {1, 2}, new double[] {1, 2, 3}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("2 and 3");
    assertThatThrownBy(() -> Statistics.kendallTau(new double[] {1}, new double[] {1}))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void knowTheConfidenceIntervalOfAMean() {
    // By hand: mean 5, deviation sqrt(32 / 7), 8 values; t(0.975, 7) = 2.364624 (any table).
    Interval interval = Statistics.meanInterval(0.95, 2, 4, 4, 4, 5, 5, 7, 9);
    double reach = 2.364624 * Math.sqrt(32.0 / 7 / 8);
    assertThat(interval.estimate()).isEqualTo(5);
    assertThat(interval.low()).isCloseTo(5 - reach, within(1e-5));
    assertThat(interval.high()).isCloseTo(5 + reach, within(1e-5));
    assertThat(interval.excludes(3)).isTrue();
    assertThat(interval.excludes(5.5)).isFalse();
  }

  @Test
  void compareTwoMeansOfDifferentSpread() {
    // By hand: means 2 and 6; variances 1 and 7.5, divided by 3 and 4: 1/3 and 15/8. Welch's
    // degrees of freedom: (53/24)^2 / ((1/3)^2 / 2 + (15/8)^2 / 3) = 3.97313; t(0.975) there is
    // 2.783867 (the density integrated by Simpson's rule).
    Interval interval =
        Statistics.difference(0.95, new double[] {1, 2, 3}, new double[] {3, 4.5, 7.5, 9});
    assertThat(interval.estimate()).isEqualTo(-4);
    double reach = 2.783867 * Math.sqrt(53.0 / 24);
    assertThat(interval.low()).isCloseTo(-4 - reach, within(1e-4));
    assertThat(interval.high()).isCloseTo(-4 + reach, within(1e-4));
  }

  @Test
  void areSureOfWhatDoesNotVary() {
    assertThat(Statistics.difference(0.95, new double[] {2, 2}, new double[] {1, 1}))
        .isEqualTo(new Interval(1, 1, 1, 0.95));
    assertThat(new Interval(-0.4, -5.6, 4.8, 0.95).within(-1, 1))
        .isEqualTo(new Interval(-0.4, -1, 1, 0.95));
    assertThat(new Interval(0.4, 0.3, 0.5, 0.95).within(-1, 1))
        .isEqualTo(new Interval(0.4, 0.3, 0.5, 0.95));
    assertThat(Statistics.meanInterval(0.9, 3, 3)).isEqualTo(new Interval(3, 3, 3, 0.9));
  }

  @ParameterizedTest(name = "confidence {0}")
  @ValueSource(doubles = {0.5, 0.9, 0.95})
  void holdTheTrueMeanAsOftenAsTheySay(double confidence) {
    int held = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      RandomStream stream = RandomStream.of(seed, "interval");
      double[] values = new double[4];
      for (int i = 0; i < values.length; i++) {
        values[i] = 7 + 3 * stream.nextGaussian();
      }
      held += Statistics.meanInterval(confidence, values).excludes(7) ? 0 : 1;
    }
    assertThat(held / 4_000.0).isCloseTo(confidence, within(0.025));
  }

  @Test
  void giveNoIntervalWithoutSpreadOrConfidence() {
    assertThatThrownBy(() -> Statistics.meanInterval(0.95, 1))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Statistics.meanInterval(95, 1, 2))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("between 0 and 1");
  }

  @Test
  void saysHowLikelyEachIsTheBestOfSomeDraws() {
    // Of two draws from 1, 2, 3 with putting back, nine pairs: 1 is the best of one, 2 of three, 3
    // of five.
    assertThat(Statistics.likelihoodToBeBest(2, 3, 1, 2))
        .containsExactly(new double[] {5 / 9.0, 1 / 9.0, 3 / 9.0}, within(1e-12));
    assertThat(Statistics.likelihoodToBeBest(1, 3, 1, 2))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
    // Equals share: with 2 twice, one of both is the best unless both draws are the 1.
    assertThat(Statistics.likelihoodToBeBest(2, 2, 1, 2))
        .containsExactly(new double[] {4 / 9.0, 1 / 9.0, 4 / 9.0}, within(1e-12));
    assertThat(Statistics.likelihoodToBeBest(1000, 0.5, 0.7, 0.6)[1]).isCloseTo(1, within(1e-12));
  }
}
