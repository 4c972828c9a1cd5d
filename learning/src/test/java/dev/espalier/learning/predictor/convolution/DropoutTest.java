package dev.espalier.learning.predictor.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int COUNT = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void theShareIsDroppedAndTheOthersAreRaised(double share) {
    float[] factors = new float[COUNT];

    new Dropout(share, RandomStream.of(1)).fill(factors, COUNT, 0.5);

    int dropped = 0;
    for (float factor : factors) {
      if (factor == 0) {
        dropped++;
      } else {
        assertThat(factor).isEqualTo((float) (0.5 / (1 - share)));
      }
    }
    double deviation = Math.sqrt(share * (1 - share) / COUNT);
    assertThat((double) dropped / COUNT).isCloseTo(share, within(4 * deviation));
  }

  @Test
  void neighboursAreDrawnApart() {
    float[] factors = new float[COUNT];

    new Dropout(0.5, RandomStream.of(2)).fill(factors, COUNT, 1);

    int same = 0;
    for (int i = 0; i < COUNT; i += 2) {
      same += factors[i] == factors[i + 1] ? 1 : 0;
    }
    assertThat(2.0 * same / COUNT).isCloseTo(0.5, within(0.01));
  }

  @Test
  void withoutAShareNothingIsDrawn() {
    RandomStream stream = RandomStream.of(3);
    float[] factors = new float[8];

    new Dropout(0, stream).fill(factors, 8, 0.5);

    float[] halves = new float[8];
    Arrays.fill(halves, 0.5f);
    assertThat(factors).containsExactly(halves);
    assertThat(stream.nextLong()).isEqualTo(RandomStream.of(3).nextLong());
  }
}
