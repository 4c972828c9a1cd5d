package dev.espalier.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}
