package dev.espalier.learning.predictor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalScoresTest {
  @Test
  void scoresAreQuantilesOfTheShareBelow() {
    NormalScores scores = new NormalScores(new double[] {0.9, 0.1, 0.5, 0.5, 0.7});

    assertThat(scores.score(0.1)).isCloseTo(-1.2815515655446004, within(1e-12)); // of 0.1
    assertThat(scores.score(0.5)).isCloseTo(-0.2533471031357997, within(1e-12)); // ties: of 0.4
    assertThat(scores.score(0.6)).isBetween(scores.score(0.5), scores.score(0.7));
    assertThat(scores.score(1)).isEqualTo(scores.score(0.9));
    assertThat(scores.score(0)).isEqualTo(scores.score(0.1));
  }

  @ParameterizedTest(name = "{0} numbers")
  @ValueSource(ints = {2, 3, 10, 78, 500})
  void thereAndBackIsTheSameAndTheOrderIsKeptEvenBeyondTheEnds(int count) {
    RandomStream stream = RandomStream.of(count, "numbers");
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> 0.4 + 0.5 * stream.nextDouble());
    NormalScores scores = new NormalScores(numbers);

    for (double number : numbers) {
      assertThat(scores.number(scores.score(number))).isCloseTo(number, within(1e-12));
    }
    double before = Double.NEGATIVE_INFINITY;
    for (double score = -5; score <= 5; score += 0.01) {
      assertThat(scores.number(score)).isGreaterThan(before);
      before = scores.number(score);
    }
  }

  @Test
  void numbersThatAreAllTheSameHaveOneScore() {
    NormalScores scores = new NormalScores(new double[] {0.75, 0.75});

    assertThat(scores.score(0.75)).isZero();
    assertThat(scores.number(3)).isEqualTo(0.75);
  }
}
