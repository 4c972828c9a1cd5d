package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 4, 9", "2, 3, 8", "3, 5, 17", "12, 128, 384", "7, 6, 18"})
  void aProductIsTheSumOfProducts(int rows, int inner, int columns) {
    float[][] x = random(rows, inner, "x");
    float[][] w = random(inner, columns, "w");
    float[][] out = random(rows, columns, "out");
    double[][] expected = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        expected[r][j] = out[r][j];
        for (int i = 0; i < inner; i++) {
          expected[r][j] += (double) x[r][i] * w[i][j];
        }
      }
    }

    Kernels.multiplyAdd(x, w, out, rows, inner, columns);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        assertThat((double) out[r][j]).isCloseTo(expected[r][j], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5", "6", "13"})
  void aRowOfAProductHasTheSameBitsAloneAndAmongOthers(int rows) {
    float[][] x = random(rows, 11, "x");
    float[][] w = random(11, 29, "w");
    float[][] together = new float[rows][29];

    Kernels.multiplyAdd(x, w, together, rows, 11, 29);

    for (int r = 0; r < rows; r++) {
      float[][] alone = new float[1][29];
      Kernels.multiplyAdd(new float[][] {x[r]}, w, alone, 1, 11, 29);
      assertThat(alone[0]).containsExactly(together[r]);
    }
  }

  @Test
  void tanhAndSigmoidAreWithin3e7() {
    for (float x = -12; x < 12; x += 0.003f) {
      assertThat((double) Kernels.tanh(x)).isCloseTo(StrictMath.tanh(x), within(3e-7));
      assertThat((double) Kernels.sigmoid(x)).isCloseTo(1 / (1 + StrictMath.exp(-x)), within(3e-7));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 3", "12, 128", "54, 1", "17, 9"})
  void transposingTwiceGivesTheSame(int rows, int columns) {
    float[][] x = random(rows, columns, "x");
    float[][] turned = new float[columns][rows];
    float[][] back = new float[rows][columns];

    Kernels.transpose(x, turned, rows, columns);
    Kernels.transpose(turned, back, columns, rows);

    assertThat(turned[columns - 1][0]).isEqualTo(x[0][columns - 1]);
    assertThat(Arrays.deepEquals(back, x)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "8", "4608"})
  void anInnerProductIsTheSumOfProducts(int n) {
    float[] x = random(1, n, "x")[0];
    float[] y = random(1, n, "y")[0];
    double expected = 0;
    for (int i = 0; i < n; i++) {
      expected += (double) x[i] * y[i];
    }

    assertThat((double) Kernels.dot(x, y)).isCloseTo(expected, within(1e-4));
  }

  private static float[][] random(int rows, int columns, String name) {
    float[][] x = new float[rows][columns];
    for (int r = 0; r < rows; r++) {
      RandomStream.of(0, name, r).fillUniform(x[r], -1, 1);
    }
    return x;
  }
}
