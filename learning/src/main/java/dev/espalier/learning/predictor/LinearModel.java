package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Ridge regression on what a sum of operations is made of: of every place the share of each
 * operation in the sum, the logarithm and the inverse of the number of its operations; of every
 * operation its number and the sum of its shares over the places.
 *
 * <p>The penalty is the one with the least squared leave-one-out error on the rows that it is
 * fitted to, which has a closed form.
 */
final class LinearModel implements Model {
  static final Family FAMILY =
      new Family(
          "linear",
          (rows, recipe, random) -> new Family.Start.AtOnce(() -> fit(rows)),
          LinearModel::restore);

  private static final int PENALTIES = 19;
  private static final double LEAST_EXPONENT = -1;
  private static final double GREATEST_EXPONENT = 3.5;

  private final GraphLayout layout;
  private final float[] center; // [features]
  private final float[] weights; // [features]
  private final float[] offset; // [1]

  private LinearModel(GraphLayout layout, float[] center, float[] weights, float[] offset) {
    this.layout = layout;
    this.center = center;
    this.weights = weights;
    this.offset = offset;
  }

  private static LinearModel restore(GraphLayout layout, Map<String, NamedArray> arrays) {
    return new LinearModel(
        layout,
        Model.array(arrays, "center").values(),
        Model.array(arrays, "weights").values(),
        Model.array(arrays, "offset").values());
  }

  private static LinearModel fit(FitRows fitted) {
    GraphLayout layout = fitted.layout();
    List<EncodedArchitecture> architectures = fitted.architectures();
    double[] accuracies = fitted.accuracies();
    int n = architectures.size();
    int features = features(layout, architectures.getFirst()).length;
    DMatrixRMaj x = new DMatrixRMaj(n, features); // standardised
    float[] center = new float[features];
    double[] deviation = new double[features];
    for (int row = 0; row < n; row++) {
      double[] values = features(layout, architectures.get(row));
      for (int i = 0; i < features; i++) {
        x.set(row, i, values[i]);
      }
    }
    for (int i = 0; i < features; i++) {
      standardise(x, i, center, deviation);
    }
    double mean = 0;
    for (double accuracy : accuracies) {
      mean += accuracy / n;
    }
    double[] centered = new double[n];
    for (int row = 0; row < n; row++) {
      centered[row] = accuracies[row] - mean;
    }
    double[] solution = solve(x, centered);
    float[] weights = new float[features];
    for (int i = 0; i < features; i++) {
      weights[i] = deviation[i] > 0 ? (float) (solution[i] / deviation[i]) : 0;
    }
    return new LinearModel(layout, center, weights, new float[] {(float) mean});
  }

  private static void standardise(DMatrixRMaj x, int column, float[] center, double[] deviation) {
    int n = x.getNumRows();
    double sum = 0;
    for (int row = 0; row < n; row++) {
      sum += x.get(row, column);
    }
    center[column] = (float) (sum / n);
    double squares = 0;
    for (int row = 0; row < n; row++) {
      double centered = x.get(row, column) - center[column];
      squares += centered * centered;
    }
    double wide = Math.sqrt(squares / n);
    deviation[column] = wide > 1e-6 ? wide : 0; // constant among these rows
    for (int row = 0; row < n; row++) {
      x.set(row, column, deviation[column] > 0 ? (x.get(row, column) - center[column]) / wide : 0);
    }
  }

  /** The weights for standardised features. */
  private static double[] solve(DMatrixRMaj x, double[] y) {
    int n = x.getNumRows();
    int features = x.getNumCols();
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(n, features, true, true, true);
    if (!svd.decompose(x.copy())) {
      throw new IllegalStateException("the singular values of the features were not found");
    }
    DMatrixRMaj u = svd.getU(null, false); // [n, rank]
    DMatrixRMaj v = svd.getV(null, false); // [features, rank]
    double[] values = svd.getSingularValues();
    int rank = svd.numberOfSingularValues();
    double[] projected = new double[rank];
    for (int k = 0; k < rank; k++) {
      for (int row = 0; row < n; row++) {
        projected[k] += u.get(row, k) * y[row];
      }
    }
    double best = Double.POSITIVE_INFINITY;
    double chosen = 1;
    for (int i = 0; i < PENALTIES; i++) {
      double exponent = LEAST_EXPONENT + i * (GREATEST_EXPONENT - LEAST_EXPONENT) / (PENALTIES - 1);
      double penalty = StrictMath.pow(10, exponent);
      double error = leaveOneOut(u, values, projected, y, penalty);
      if (error < best) {
        best = error;
        chosen = penalty;
      }
    }
    double[] weights = new double[features];
    for (int k = 0; k < rank; k++) {
      double factor = values[k] / (values[k] * values[k] + chosen) * projected[k];
      for (int i = 0; i < features; i++) {
        weights[i] += factor * v.get(i, k);
      }
    }
    return weights;
  }

  /** The sum of squared errors of each row, predicted from the others. */
  private static double leaveOneOut(
      DMatrixRMaj u, double[] values, double[] projected, double[] y, double penalty) {
    double sum = 0;
    for (int row = 0; row < y.length; row++) {
      double fitted = 0;
      double leverage = 1.0 / y.length; // of the mean
      for (int k = 0; k < projected.length; k++) {
        double kept = values[k] * values[k] / (values[k] * values[k] + penalty);
        fitted += u.get(row, k) * kept * projected[k];
        leverage += u.get(row, k) * u.get(row, k) * kept;
      }
      double error = (y[row] - fitted) / (1 - leverage);
      sum += error * error;
    }
    return sum;
  }

  private static double[] features(GraphLayout layout, EncodedArchitecture architecture) {
    int places = layout.places().size();
    int operations = layout.operations();
    double[] features = new double[places * (operations + 2) + 2 * operations];
    int totals = places * (operations + 2);
    for (int place = 0; place < places; place++) {
      int selected = architecture.count(place);
      if (selected == 0) {
        continue; // nothing stands here
      }
      int from = place * (operations + 2);
      for (int i = 0; i < operations; i++) {
        if (architecture.has(place, i)) {
          features[from + i] = 1.0 / selected;
          features[totals + i] += 1;
          features[totals + operations + i] += 1.0 / selected;
        }
      }
      features[from + operations] = StrictMath.log(selected);
      features[from + operations + 1] = 1.0 / selected;
    }
    return features;
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return architectures.stream().mapToDouble(this::predict).toArray();
  }

  private double predict(EncodedArchitecture architecture) {
    double[] features = features(layout, architecture);
    double sum = offset[0];
    for (int i = 0; i < features.length; i++) {
      sum += weights[i] * (features[i] - center[i]);
    }
    return sum;
  }

  @Override
  public List<NamedArray> arrays() {
    return List.of(
        new NamedArray("center", new long[] {center.length}, center),
        new NamedArray("weights", new long[] {weights.length}, weights),
        new NamedArray("offset", new long[] {1}, offset));
  }

  @Override
  public Family family() {
    return FAMILY;
  }
}
