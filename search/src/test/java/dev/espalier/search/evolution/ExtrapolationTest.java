package dev.espalier.search.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An extrapolation")
class ExtrapolationTest {
  // The measured range and error of specs/gnn-evolution.md.
  private static final Extrapolation PUBLISHED = new Extrapolation(0.5149, 0.5796, 0.00666);

  @Test
  void isThePublishedPredictionOfTheEvolvedNetwork() {
    assertThat(PUBLISHED.isFar(0.60796)).isTrue();
    assertThat(PUBLISHED.warning(0.60796).orElseThrow())
        .startsWith(
            "predicted 60.80 %, 2.84 points above all measured architectures (51.49 to 57.96 %)");
  }

  @Test
  void beginsBeyondTheErrorOrATenthOfTheRange() {
    assertThat(PUBLISHED.tolerance()).isCloseTo(0.00647, within(1e-12));
    assertThat(PUBLISHED.isFar(0.586)).isFalse();
    assertThat(PUBLISHED.warning(0.586)).isEmpty();
    assertThat(PUBLISHED.isFar(0.5862)).isTrue();
    assertThat(new Extrapolation(0.5, 0.6, 0.001).isFar(0.602)).isTrue();
    assertThat(new Extrapolation(0.5, 0.6, Double.NaN).isFar(0.602)).isFalse();
    assertThat(new Extrapolation(0.5, 0.6, Double.NaN).isFar(0.62)).isTrue();
  }

  @Test
  void canLieBelow() {
    assertThat(PUBLISHED.warning(0.4).orElseThrow()).contains("11.49 points below");
    assertThat(PUBLISHED.isFar(0.51)).isFalse();
  }

  @Test
  void isMeasuredAgainstSomething() {
    assertThat(Extrapolation.of(new double[] {0.3, 0.1, 0.2}, 0.05))
        .isEqualTo(new Extrapolation(0.1, 0.3, 0.05));
    assertThatThrownBy(() -> Extrapolation.of(new double[0], 0.05))
        .isInstanceOf(InvalidInput.class);
  }
}
