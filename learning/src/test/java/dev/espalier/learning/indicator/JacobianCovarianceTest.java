package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** jacov by hand. */
class JacobianCovarianceTest {
  private static final double K = 1e-5;

  @Test
  void uncorrelatedImagesScoreMinusTheirNumber() {
    double[] jacobian = {1, -1, 0, 0, /* */ 0, 0, 3, -3};

    assertThat(JacobianCovariance.score(jacobian, 2))
        .isCloseTo(2 * term(1), within(1e-9))
        .isCloseTo(-2, within(1e-3));
  }

  @Test
  void correlationsLowerTheScoreByTheirEigenvalues() {
    // the second row is (1, -1, 0) turned by 60 degrees: correlation 1/2, eigenvalues 1/2 and 3/2
    double[] jacobian = {8, 6, 7, /* */ 1, 0, -1};

    assertThat(JacobianCovariance.score(jacobian, 2))
        .isCloseTo(term(0.5) + term(1.5), within(1e-9));
  }

  @Test
  void aGradientThatIsTheSameEverywhereHasNoScore() {
    assertThat(JacobianCovariance.score(new double[] {2, 2, 2, 1, 0, -1}, 2)).isNull();
    assertThat(JacobianCovariance.score(new double[] {Double.NaN, 2, 2, 1, 0, -1}, 2)).isNull();
  }

  private static double term(double eigenvalue) {
    return -(Math.log(eigenvalue + K) + 1 / (eigenvalue + K));
  }
}
