package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A fitted member of a predictor. */
interface Model {
  /** The predicted accuracies, ratios; of each the same bits in every list. */
  double[] predict(List<EncodedArchitecture> architectures);

  /**
   * The same predictions, of architectures that may be encoded one after another and forgotten.
   *
   * @param architectures by their number; one is asked for once, in order
   */
  default double[] predict(int count, IntFunction<EncodedArchitecture> architectures) {
    return predict(IntStream.range(0, count).mapToObj(architectures).toList());
  }

  /** The same predictions, and how sure it is of each. */
  default List<Estimate> estimate(List<EncodedArchitecture> architectures) {
    return Arrays.stream(predict(architectures)).mapToObj(mean -> new Estimate(mean, 0)).toList();
  }

  /** What the deviations of its estimates are made of. */
  default Uncertainty uncertainty() {
    return Uncertainty.UNKNOWN;
  }

  /** All it is made of. */
  List<NamedArray> arrays();

  Family family();

  /** The array of that name. */
  static NamedArray array(Map<String, NamedArray> arrays, String name) {
    @Nullable NamedArray array = arrays.get(name);
    if (array == null) {
      throw new InvalidInput("the saved predictor has no array %s".formatted(name));
    }
    return array;
  }

  /** Sets every matrix to the array of its name. */
  static void assign(List<Matrix> matrices, Map<String, NamedArray> arrays) {
    for (Matrix matrix : matrices) {
      float[] values = array(arrays, matrix.name()).values();
      if (values.length != matrix.rows().length * matrix.columns()) {
        throw new InvalidInput(
            "%s has %,d numbers, but this space needs %,d: was it fitted in another space?"
                .formatted(matrix.name(), values.length, matrix.rows().length * matrix.columns()));
      }
      matrix.assign(values);
    }
  }
}
