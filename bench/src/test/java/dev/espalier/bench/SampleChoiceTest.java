package dev.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleChoiceTest {

  @Test
  void theHighestScoreDecides() {
    assertThat(SampleChoice.reached(new double[] {1, 9, 3}, new double[] {.8, .7, .9}))
        .isEqualTo(.7);
  }

  @Test
  void cellsThatTieCountOnAverage() {
    assertThat(SampleChoice.highest(new double[] {9, 1, 9})).containsExactly(0, 2);
    assertThat(SampleChoice.reached(new double[] {9, 1, 9}, new double[] {.8, .7, .9}))
        .isCloseTo(.85, within(1e-12));
  }
}
