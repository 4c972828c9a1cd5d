package dev.espalier.learning.meta;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Vectors as places in a plane: their two main directions (principal components). */
public final class LatentPlane {
  private LatentPlane() {}

  /**
   * The places of vectors of one width, centred; the first direction is that of the largest spread.
   *
   * @return {@code [n][2]}
   */
  public static List<double[]> places(List<float[]> vectors) {
    int rows = vectors.size();
    if (rows < 2) {
      return vectors.stream().map(_ -> new double[2]).toList();
    }
    int width = vectors.getFirst().length;
    DMatrixRMaj centred = new DMatrixRMaj(rows, width);
    for (int column = 0; column < width; column++) {
      double mean = 0;
      for (float[] vector : vectors) {
        mean += vector[column] / rows;
      }
      for (int row = 0; row < rows; row++) {
        centred.set(row, column, vectors.get(row)[column] - mean);
      }
    }
    DMatrixRMaj directions = directions(centred); // [width, width]
    DMatrixRMaj places = new DMatrixRMaj(rows, width);
    CommonOps_DDRM.mult(centred, directions, places);
    List<double[]> plane = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      plane.add(new double[] {places.get(row, 0), width < 2 ? 0 : places.get(row, 1)});
    }
    return plane;
  }

  /** Right singular vectors as columns, the largest singular value first, signs made definite. */
  private static DMatrixRMaj directions(DMatrixRMaj centred) {
    int width = centred.getNumCols();
    SingularValueDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.svd(centred.getNumRows(), width, false, true, false);
    if (!decomposition.decompose(centred.copy())) {
      return CommonOps_DDRM.identity(width);
    }
    DMatrixRMaj vectors = decomposition.getV(null, false);
    double[] values = decomposition.getSingularValues();
    int count = decomposition.numberOfSingularValues();
    DMatrixRMaj sorted = new DMatrixRMaj(width, width);
    boolean[] used = new boolean[width];
    for (int column = 0; column < Math.min(2, width); column++) {
      int largest = -1;
      for (int i = 0; i < width; i++) {
        double value = i < count ? values[i] : 0;
        if (!used[i] && (largest < 0 || value > (largest < count ? values[largest] : 0))) {
          largest = i;
        }
      }
      used[largest] = true;
      double sign = sign(vectors, largest);
      for (int row = 0; row < width; row++) {
        sorted.set(row, column, sign * vectors.get(row, largest));
      }
    }
    return sorted;
  }

  /** So that the entry of the largest magnitude is positive. */
  private static double sign(DMatrixRMaj vectors, int column) {
    double most = 0;
    for (int row = 0; row < vectors.getNumRows(); row++) {
      double value = vectors.get(row, column);
      most = Math.abs(value) > Math.abs(most) ? value : most;
    }
    return most < 0 ? -1 : 1;
  }
}
