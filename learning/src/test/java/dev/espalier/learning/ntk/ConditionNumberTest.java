package dev.espalier.learning.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionNumberTest {
  private static final ConditionNumber SINGULAR = new ConditionNumber(null, true);

  @Test
  void isTheLargestEigenvalueOverTheSmallest() {
    Kernel kernel = kernel(2, 1, 1, 2); // eigenvalues 1 and 3
    assertThat(kernel.eigenvalues()).containsExactly(new double[] {1, 3}, within(1e-14));
    assertThat(ConditionNumber.exact(kernel).value()).isCloseTo(3, within(1e-13));
    assertThat(ConditionNumber.published(kernel).value()).isCloseTo(3, within(1e-6));
  }

  @Test
  void exactSaysSingularWhereRoundingDecides() {
    assertThat(ConditionNumber.exact(kernel(1, 1, 1, 1))).isEqualTo(SINGULAR);
    assertThat(ConditionNumber.exact(kernel(0, 0, 0, 0))).isEqualTo(SINGULAR);
    assertThat(ConditionNumber.exact(kernel(1, 0, 0, -1))).isEqualTo(SINGULAR);
    assertThat(ConditionNumber.exact(kernel(1, 0, 0, Double.NaN))).isEqualTo(SINGULAR);
    assertThat(ConditionNumber.exact(kernel(Double.POSITIVE_INFINITY, 0, 0, 1)))
        .isEqualTo(SINGULAR);
    double noise = 2 * Math.ulp(1.0); // epsilon x n
    assertThat(ConditionNumber.exact(kernel(1, 0, 0, 0.9 * noise))).isEqualTo(SINGULAR);
    assertThat(ConditionNumber.exact(kernel(1, 0, 0, 1000 * noise)).singular()).isFalse();
  }

  @Test
  void publishedReplacesWhatIsNoNumberAndLetsNegativesPass() {
    assertThat(ConditionNumber.published(kernel(0, 0, 0, 0)).value()).isEqualTo(100_000);
    assertThat(ConditionNumber.published(kernel(1, 0, 0, Double.NaN)).value()).isEqualTo(100_000);
    assertThat(ConditionNumber.published(kernel(1, 0, 0, 0)).value()).isEqualTo(Double.MAX_VALUE);
    assertThat(ConditionNumber.published(kernel(1, 0, 0, -0.5)).value()).isEqualTo(-2);
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 2, 3, 4, 5, 9})
  void theKernelIsTheRowsTimesTheirTranspose(int count) {
    int width = 7;
    double[] values = new double[count * width];
    RandomStream stream = RandomStream.of(1, "rows", count);
    Arrays.setAll(values, i -> stream.nextGaussian());
    JacobianRows rows = new JacobianRows(count, width, values);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        double expected = 0;
        for (int i = 0; i < width; i++) {
          expected += values[row * width + i] * values[column * width + i];
        }
        assertThat(rows.kernel().entry(row, column)).isCloseTo(expected, within(1e-14));
        assertThat(rows.kernel().inSinglePrecision().entry(row, column))
            .isEqualTo((float) rows.kernel().entry(row, column));
      }
    }
  }

  private static Kernel kernel(double... entries) {
    return new Kernel(2, entries);
  }
}
