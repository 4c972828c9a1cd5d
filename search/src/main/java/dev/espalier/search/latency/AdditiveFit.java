package dev.espalier.search.latency;

import java.util.List;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * What each part of a network costs, by least squares: the times of whole networks are sums over
 * their parts. A small ridge decides where parts only come together.
 */
final class AdditiveFit {
  private static final double RIDGE = 1e-3;

  private final RealVector costs;

  private AdditiveFit(RealVector costs) {
    this.costs = costs;
  }

  /**
   * @param parts of each network, all of one length
   */
  static AdditiveFit of(List<double[]> parts, double... times) {
    RealMatrix design = MatrixUtils.createRealMatrix(parts.toArray(double[][]::new));
    int width = design.getColumnDimension();
    RealMatrix squares =
        design
            .transpose()
            .multiply(design)
            .add(MatrixUtils.createRealIdentityMatrix(width).scalarMultiply(RIDGE));
    RealVector sums = design.transpose().operate(MatrixUtils.createRealVector(times));
    return new AdditiveFit(new CholeskyDecomposition(squares).getSolver().solve(sums));
  }

  /** Of one of each part; below zero where parts mostly come with others. */
  double[] costs() {
    return costs.toArray();
  }

  /** Not below zero. */
  double of(double... parts) {
    return Math.max(0, costs.dotProduct(MatrixUtils.createRealVector(parts)));
  }
}
