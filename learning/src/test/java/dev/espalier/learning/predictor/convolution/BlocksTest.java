package dev.espalier.learning.predictor.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.predictor.convolution.Blocks.Factor;
import dev.espalier.learning.predictor.convolution.Blocks.Panel;
import dev.espalier.search.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
  private static float[] numbers(String name, int count) {
    float[] numbers = new float[count];
    RandomStream.of(7, name, count).fillUniform(numbers, -1, 1);
    return numbers;
  }

  /** Whatever vectors the processor has: term by term, fused, from zero. */
  @ParameterizedTest
  @CsvSource({"4, 24, 7", "4, 48, 5", "8, 72, 33", "12, 96, 16", "4, 120, 3", "8, 144, 144"})
  void aProductHasTheBitsOfSumsInOrder(int rows, int columns, int terms) {
    float[] x = numbers("x", rows * terms);
    float[] y = numbers("y", terms * columns);
    float[] out = numbers("out", rows * columns); // of which nothing is to stay

    Blocks.multiply(
        Factor.rows(x, terms), Panel.of(y, columns), Panel.of(out, columns), rows, columns, terms);

    assertThat(out).isEqualTo(inOrder(x, y, rows, columns, terms));
  }

  /** The last block may reach back into the one before it, but not beyond the panel. */
  @ParameterizedTest
  @CsvSource({"24", "48", "72", "144"})
  void aPanelIsAllThatIsWritten(int columns) {
    int width = columns + 2 * Blocks.COLUMNS;
    float[] x = numbers("x", 4 * 9);
    float[] y = numbers("y", 9 * columns);
    float[] out = numbers("out", 4 * width);
    float[] before = out.clone();

    Blocks.multiply(
        Factor.rows(x, 9),
        Panel.of(y, columns),
        new Panel(out, Blocks.COLUMNS, width),
        4,
        columns,
        9);

    float[] product = inOrder(x, y, 4, columns, 9);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < width; j++) {
        int column = j - Blocks.COLUMNS;
        assertThat(out[i * width + j])
            .isEqualTo(
                column >= 0 && column < columns
                    ? product[i * columns + column]
                    : before[i * width + j]);
      }
    }
  }

  private static float[] inOrder(float[] x, float[] y, int rows, int columns, int terms) {
    float[] out = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int t = 0; t < terms; t++) {
          out[i * columns + j] =
              Math.fma(x[i * terms + t], y[t * columns + j], out[i * columns + j]);
        }
      }
    }
    return out;
  }
}
