package dev.espalier.learning.indicator;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * How differently a network's ReLUs see the images of a batch: the logarithm of the determinant of
 * the matrix {@code K[i][j] = units - Hamming distance of the patterns of images i and j} (Mellor,
 * Turner, Storkey and Crowley, "Neural Architecture Search without Training", ICML 2021).
 *
 * <p>The matrix is a sum of two Gram matrices, those of the patterns and of their complements, so
 * it is positive semi-definite, and its entries are whole numbers: Cholesky's factors give the
 * determinant's logarithm without overflow.
 */
final class HammingKernel {
  private HammingKernel() {}

  /**
   * The score; null where two images have the same pattern, or the matrix is singular otherwise.
   */
  static @Nullable Double score(ActivationPatterns patterns) {
    int images = patterns.samples();
    DMatrixRMaj kernel = new DMatrixRMaj(images, images);
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < images; j++) {
        kernel.set(i, j, patterns.units() - patterns.distance(i, j));
      }
    }
    return logDeterminant(kernel, Math.ulp(1.0) * images * patterns.units());
  }

  /**
   * @param noise squares of pivots up to this are decided by rounding alone
   */
  private static @Nullable Double logDeterminant(DMatrixRMaj kernel, double noise) {
    CholeskyDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.chol(kernel.numRows, true);
    if (!decomposition.decompose(kernel)) {
      return null;
    }
    DMatrixRMaj lower = decomposition.getT(null);
    double sum = 0;
    for (int i = 0; i < lower.numRows; i++) {
      double pivot = lower.get(i, i);
      if (!(pivot * pivot > noise)) {
        return null;
      }
      sum += 2 * StrictMath.log(pivot);
    }
    return sum;
  }
}
