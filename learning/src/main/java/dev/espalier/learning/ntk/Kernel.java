package dev.espalier.learning.ntk;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** A symmetric matrix of inner products. */
public final class Kernel {
  private final int size;
  private final double[] entries; // [size, size], row-major

  public Kernel(int size, double[] entries) {
    this.size = size;
    this.entries = entries;
  }

  public int size() {
    return size;
  }

  public double entry(int row, int column) {
    return entries[row * size + column];
  }

  public boolean isFinite() {
    return Arrays.stream(entries).allMatch(Double::isFinite);
  }

  /** The same with every entry rounded to single precision, as the published program has it. */
  public Kernel inSinglePrecision() {
    return new Kernel(size, Arrays.stream(entries).map(entry -> (float) entry).toArray());
  }

  /**
   * Of a kernel with several rows an image, the mean of those rows' own kernels: entries between
   * different rows' kinds are left out.
   *
   * @param parts rows an image
   */
  public Kernel meanOf(int parts) {
    int images = size / parts;
    double[] means = new double[images * images];
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < images; j++) {
        for (int part = 0; part < parts; part++) {
          means[i * images + j] += entry(i * parts + part, j * parts + part) / parts;
        }
      }
    }
    return new Kernel(images, means);
  }

  /** The eigenvalues in double precision, ascending. The matrix must be finite. */
  public double[] eigenvalues() {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(size, false, true);
    if (!decomposition.decompose(DMatrixRMaj.wrap(size, size, entries.clone()))) {
      throw new IllegalStateException(
          "the eigenvalues of a finite symmetric matrix of size %d did not converge"
              .formatted(size));
    }
    double[] eigenvalues = new double[size];
    for (int i = 0; i < size; i++) {
      eigenvalues[i] = decomposition.getEigenvalue(i).getReal();
    }
    Arrays.sort(eigenvalues);
    return eigenvalues;
  }
}
