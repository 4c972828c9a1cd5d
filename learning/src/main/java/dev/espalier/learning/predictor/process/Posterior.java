package dev.espalier.learning.predictor.process;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** A process whose targets are known at some rows: what it says of others. */
public final class Posterior {
  private static final double LEAST_VARIANCE = 1e-12; // of targets that are all the same

  private final LinearSolverDense<DMatrixRMaj> solver;
  private final DMatrixRMaj alpha; // [n, 1], the kernel's inverse times the targets
  private final double noise;
  private final double variance;

  /** How far a target is from 0, and the standard deviation of that. */
  public record Moments(double mean, double deviation) {}

  /**
   * @param squared distances of the pairs of rows, those of the first row first, each row to those
   *     before it and to itself
   * @param noise its share of the variance
   */
  public Posterior(double[] squared, double noise, double[] targets) {
    int n = targets.length;
    this.noise = noise;
    DMatrixRMaj kernel = new DMatrixRMaj(n, n);
    int pair = 0;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column <= row; column++, pair++) {
        double value = row == column ? 1 + noise : Matern.value(squared[pair]);
        kernel.set(row, column, value);
        kernel.set(column, row, value);
      }
    }
    this.solver = LinearSolverFactory_DDRM.chol(n);
    if (!solver.setA(kernel)) {
      throw new IllegalStateException(
          "the kernel of %d rows is not positive definite with noise %s".formatted(n, noise));
    }
    this.alpha = new DMatrixRMaj(n, 1);
    DMatrixRMaj column = new DMatrixRMaj(n, 1);
    column.setData(targets.clone());
    solver.solve(column, alpha);
    double product = 0;
    for (int row = 0; row < n; row++) {
      product += targets[row] * alpha.get(row, 0);
    }
    this.variance = Math.max(LEAST_VARIANCE, product / n);
  }

  /** The sum of the groups' squared distances, each by its weight. */
  public static double[] weighted(double[][] distances, double... weights) {
    double[] sum = new double[distances[0].length];
    for (int group = 0; group < weights.length; group++) {
      for (int pair = 0; pair < sum.length; pair++) {
        sum[pair] += weights[group] * distances[group][pair];
      }
    }
    return sum;
  }

  DMatrixRMaj inverse() {
    DMatrixRMaj inverse = new DMatrixRMaj(alpha.getNumRows(), alpha.getNumRows());
    solver.invert(inverse);
    return inverse;
  }

  double[] alpha() {
    return alpha.getData().clone();
  }

  /** Of the process, by its scales the most likely one. */
  double variance() {
    return variance;
  }

  double halfLogDeterminant() {
    CholeskyDecomposition_F64<DMatrixRMaj> decomposition = solver.getDecomposition();
    DMatrixRMaj lower = decomposition.getT(null);
    double sum = 0;
    for (int row = 0; row < lower.getNumRows(); row++) {
      sum += StrictMath.log(lower.get(row, row));
    }
    return sum;
  }

  /**
   * The mean alone.
   *
   * @param squared distances to each row
   */
  public double mean(double[] squared) {
    double mean = 0;
    for (int row = 0; row < squared.length; row++) {
      mean += Matern.value(squared[row]) * alpha.get(row, 0);
    }
    return mean;
  }

  /**
   * Of what would be measured, noise included.
   *
   * @param squared distances to each row
   */
  public Moments moments(double[] squared) {
    DMatrixRMaj kernel = new DMatrixRMaj(squared.length, 1);
    for (int row = 0; row < squared.length; row++) {
      kernel.set(row, 0, Matern.value(squared[row]));
    }
    DMatrixRMaj solved = new DMatrixRMaj(squared.length, 1);
    DMatrixRMaj known = kernel.copy();
    solver.solve(known, solved);
    double explained = 0;
    for (int row = 0; row < squared.length; row++) {
      explained += kernel.get(row, 0) * solved.get(row, 0);
    }
    return new Moments(mean(squared), Math.sqrt(variance * (noise + Math.max(0, 1 - explained))));
  }
}
