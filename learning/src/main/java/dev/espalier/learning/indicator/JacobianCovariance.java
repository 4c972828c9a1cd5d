package dev.espalier.learning.indicator;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * How alike a network reacts to changes of different images: with the gradient of the sum of an
 * image's logits for its pixels as one row, the eigenvalues {@code v} of the rows' correlation
 * matrix give
 *
 * <pre>-sum of ln(v + k) + 1 / (v + k), k = 1e-5</pre>
 *
 * (Mellor, Turner, Storkey and Crowley, first version of 2020; "jacob_cov" of Abdelfattah et al.,
 * ICLR 2021). At most minus the number of images, where all rows are uncorrelated.
 */
final class JacobianCovariance {
  private static final double K = 1e-5;

  private JacobianCovariance() {}

  /**
   * The score; null where an image's gradient is the same for all pixels, or not finite.
   *
   * @param jacobian {@code [images, pixels]}, row-major
   */
  static @Nullable Double score(double[] jacobian, int images) {
    int width = jacobian.length / images;
    double[][] rows = new double[images][];
    for (int i = 0; i < images; i++) {
      rows[i] = standardized(Arrays.copyOfRange(jacobian, i * width, (i + 1) * width));
    }
    DMatrixRMaj correlations = new DMatrixRMaj(images, images);
    for (int i = 0; i < images; i++) {
      for (int j = 0; j <= i; j++) {
        double correlation = product(rows[i], rows[j]);
        if (!Double.isFinite(correlation)) {
          return null;
        }
        correlations.set(i, j, correlation);
        correlations.set(j, i, correlation);
      }
    }
    return score(eigenvalues(correlations));
  }

  private static @Nullable Double score(double[] eigenvalues) {
    double sum = 0;
    for (double eigenvalue : eigenvalues) {
      sum += StrictMath.log(eigenvalue + K) + 1 / (eigenvalue + K);
    }
    return Double.isFinite(sum) ? -sum : null;
  }

  /** Less the mean, and of length 1; NaN where all are the same. */
  private static double[] standardized(double[] row) {
    double mean = Arrays.stream(row).sum() / row.length;
    double[] centred = Arrays.stream(row).map(value -> value - mean).toArray();
    double length = Math.sqrt(product(centred, centred));
    return Arrays.stream(centred).map(value -> value / length).toArray();
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] eigenvalues(DMatrixRMaj correlations) {
    int size = correlations.numRows;
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(size, false, true);
    if (!decomposition.decompose(correlations)) {
      throw new IllegalStateException(
          "the eigenvalues of a correlation matrix of size %d did not converge".formatted(size));
    }
    double[] eigenvalues = new double[size];
    for (int i = 0; i < size; i++) {
      eigenvalues[i] = decomposition.getEigenvalue(i).getReal();
    }
    Arrays.sort(eigenvalues);
    return eigenvalues;
  }
}
