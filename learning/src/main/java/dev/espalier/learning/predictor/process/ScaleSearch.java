package dev.espalier.learning.predictor.process;

import java.util.Arrays;

/**
 * Finds the scales under which the targets are most likely, by the signs of the gradient alone:
 * resilient propagation, which suits such likelihoods (Riedmiller and Braun 1993; Blum and
 * Riedmiller, ESANN 2013).
 */
public final class ScaleSearch {
  private static final int STEPS = 60;

  /** So many steps without so much of a gain end the search. */
  private static final int PATIENCE = 8;

  private static final double LEAST_GAIN = 0.02;
  private static final double FIRST_STEP = 0.5;
  private static final double LEAST_STEP = 0.01;
  private static final double GREATEST_STEP = 2;
  private static final double GROWTH = 1.2;
  private static final double SHRINKAGE = 0.5;
  private static final double LEAST_WEIGHT = -9;
  private static final double GREATEST_WEIGHT = 4;
  private static final double LEAST_NOISE = StrictMath.log(1e-4);
  private static final double GREATEST_NOISE = StrictMath.log(10);
  private static final double FIRST_NOISE = StrictMath.log(0.05);

  private ScaleSearch() {}

  /**
   * @param distances squared, of each group the pairs of rows as {@link Posterior} has them, about
   *     1 in the mean
   */
  public static Scales best(double[][] distances, double[] targets) {
    MarginalLikelihood likelihood = new MarginalLikelihood(distances, targets);
    int groups = distances.length;
    double[] present = new double[groups + 1];
    Arrays.fill(present, StrictMath.log(0.5 / groups));
    present[groups] = FIRST_NOISE;
    double[] steps = new double[groups + 1];
    Arrays.fill(steps, FIRST_STEP);
    double[] before = new double[groups + 1];
    double[] best = present.clone();
    double least = Double.POSITIVE_INFINITY;
    int stale = 0;
    for (int step = 0; step < STEPS && stale < PATIENCE && widest(steps) > LEAST_STEP; step++) {
      MarginalLikelihood.Point point = likelihood.at(present);
      stale = point.value() < least - LEAST_GAIN ? 0 : stale + 1;
      if (point.value() < least) {
        least = point.value();
        best = present.clone();
      }
      for (int i = 0; i <= groups; i++) {
        double slope = point.gradient()[i];
        double turned = slope * before[i];
        double factor = turned > 0 ? GROWTH : turned < 0 ? SHRINKAGE : 1;
        steps[i] = Math.min(GREATEST_STEP, steps[i] * factor);
        before[i] = turned < 0 ? 0 : slope;
        double next = present[i] - Math.signum(before[i]) * steps[i];
        double low = i == groups ? LEAST_NOISE : LEAST_WEIGHT;
        double high = i == groups ? GREATEST_NOISE : GREATEST_WEIGHT;
        double kept = Math.clamp(next, low, high);
        if (kept != next) {
          steps[i] *= SHRINKAGE; // at the border
        }
        present[i] = kept;
      }
    }
    return scales(best);
  }

  private static double widest(double... steps) {
    return Arrays.stream(steps).max().orElse(0);
  }

  private static Scales scales(double... best) {
    int groups = best.length - 1;
    float[] weights = new float[groups];
    for (int group = 0; group < groups; group++) {
      weights[group] = (float) StrictMath.exp(best[group]);
    }
    return new Scales(weights, (float) StrictMath.exp(best[groups]));
  }
}
