package dev.espalier.learning.predictor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Numbers of scikit-learn 1.9.1: GaussianProcessRegressor with Matern(1.3, nu=2.5) and
 * WhiteKernel(0.05), not optimised; the variance is targets' kernel's inverse targets by their
 * number, as in Rasmussen and Williams.
 */
class GoldenProcessTest {
  private static final double SCALE = 1.3;
  private static final double[] X = {0, 0.5, 1.25, 2, 3.5};
  private static final double[] TARGETS = {-1.2, -0.4, 0.1, 0.9, 0.3};

  private static double[] pairs() {
    double[] squared = new double[15];
    int pair = 0;
    for (int row = 0; row < 5; row++) {
      for (int other = 0; other <= row; other++, pair++) {
        squared[pair] = (X[row] - X[other]) * (X[row] - X[other]);
      }
    }
    return squared;
  }

  private static double[] scaled(double[] squared) {
    return Posterior.weighted(new double[][] {squared}, 1 / (SCALE * SCALE));
  }

  private static double[] to(double x) {
    double[] squared = new double[X.length];
    for (int i = 0; i < X.length; i++) {
      squared[i] = (X[i] - x) * (X[i] - x);
    }
    return scaled(squared);
  }

  @Test
  void thePosteriorIsThatOfTheLibrary() {
    Posterior posterior = new Posterior(scaled(pairs()), 0.05, TARGETS);

    assertThat(posterior.variance()).isCloseTo(0.7877581724238611, within(1e-12));
    assertThat(posterior.mean(to(0.75))).isCloseTo(-0.2719470398169937, within(1e-12));
    assertThat(posterior.moments(to(0.75)).mean()).isEqualTo(posterior.mean(to(0.75)));
    assertThat(posterior.moments(to(0.75)).deviation())
        .isCloseTo(0.26858221245810826, within(1e-12));
    assertThat(posterior.mean(to(5))).isCloseTo(0.00796177901244307, within(1e-12));
    assertThat(posterior.moments(to(5)).deviation()).isCloseTo(0.8200172994850036, within(1e-12));
  }

  @Test
  void theLikelihoodIsThatOfTheLibraryAndItsGradientThatOfDifferences() {
    MarginalLikelihood likelihood =
        new MarginalLikelihood(new double[][] {pairs(), to(1, pairs())}, TARGETS);
    double[] only = {StrictMath.log(1 / (SCALE * SCALE)), -700, StrictMath.log(0.05)};

    assertThat(likelihood.at(only).value()).isCloseTo(-2.145510622855835, within(1e-12));

    double[] at = {-0.3, -1.1, -2};
    double[] gradient = likelihood.at(at).gradient();
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      double slope = (likelihood.at(above).value() - likelihood.at(below).value()) / 2e-5;
      assertThat(gradient[i]).as("by logarithm %d", i).isCloseTo(slope, within(1e-7));
    }
  }

  /** Other distances between the same rows: the squares of the squares. */
  private static double[] to(double weight, double[] squared) {
    double[] other = new double[squared.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = weight * squared[i] * squared[i];
    }
    return other;
  }

  @Test
  void theSearchEndsWhereNoStepMakesTheTargetsMoreLikely() {
    double[][] distances = {pairs()};
    Scales best = ScaleSearch.best(distances, TARGETS);
    MarginalLikelihood likelihood = new MarginalLikelihood(distances, TARGETS);
    double[] at = {StrictMath.log(best.weights()[0]), StrictMath.log(best.noise())};
    double least = likelihood.at(at).value();

    for (double[] step : new double[][] {{0.2, 0}, {-0.2, 0}, {0, 0.5}}) {
      double[] beside = {at[0] + step[0], at[1] + step[1]};
      assertThat(likelihood.at(beside).value()).isGreaterThan(least);
    }
    assertThat(least).isLessThan(-2.145510622855835);
  }

  @Test
  void aKernelThatIsNoneIsTold() {
    assertThatThrownBy(() -> new Posterior(scaled(pairs()), -2, TARGETS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("positive definite");
  }
}
