package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;

/**
 * The directions in which a kernel needs gradients of the last averages, and how the kernel follows
 * from the products of those gradients.
 *
 * <p>Below the classifier every gradient is linear in the cotangent of the averages. So where there
 * are more logits than averages, gradients are taken for each average and combined afterwards: 12
 * rows an image instead of 120.
 *
 * <p>Letters: {@code n} images, {@code k} logits, {@code c} averages, {@code d} directions.
 *
 * @param vectors {@code [d, c]}
 * @param mixing {@code [k, d]}: each logit as a sum of directions; for the summed kernel one row
 * @param classes logits
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cotangency(
    KernelDefinition definition, int directions, double[] vectors, double[] mixing, int classes) {

  private static final int MOST_ROWS = 4000;

  /**
   * @param classifier {@code [k, c]}
   */
  static Cotangency of(KernelDefinition definition, float[] classifier, int averages) {
    double[] matrix = new double[classifier.length];
    Arrays.setAll(matrix, i -> classifier[i]);
    int classes = classifier.length / averages;
    if (definition == KernelDefinition.SUMMED) {
      double[] sum = new double[averages];
      for (int i = 0; i < matrix.length; i++) {
        sum[i % averages] += matrix[i];
      }
      return new Cotangency(definition, 1, sum, identity(1), classes);
    }
    return classes <= averages
        ? new Cotangency(definition, classes, matrix, identity(classes), classes)
        : new Cotangency(definition, averages, identity(averages), matrix, classes);
  }

  private static double[] identity(int size) {
    double[] identity = new double[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    return identity;
  }

  /**
   * The kernel of all weights, the classifier's included.
   *
   * @param products of the gradients below the classifier, {@code [n d, n d]}, row {@code image * d
   *     + direction}
   * @param averages {@code [n, c]}
   */
  Kernel kernel(Kernel products, double[] averages, int images) {
    return switch (definition) {
      case SUMMED -> summed(products, averages, images);
      case TRACE -> trace(products, averages, images);
      case FULL -> full(products, averages, images);
    };
  }

  /** Every row of the classifier has the averages as its gradient. */
  private Kernel summed(Kernel products, double[] averages, int images) {
    double[] entries = new double[images * images];
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < images; j++) {
        entries[i * images + j] = products.entry(i, j) + classes * inner(averages, images, i, j);
      }
    }
    return new Kernel(images, entries);
  }

  private Kernel trace(Kernel products, double[] averages, int images) {
    double[] weights = new double[directions * directions]; // [d, d']
    for (int k = 0; k < classes; k++) {
      for (int a = 0; a < directions; a++) {
        for (int b = 0; b < directions; b++) {
          weights[a * directions + b] +=
              mixing[k * directions + a] * mixing[k * directions + b] / classes;
        }
      }
    }
    double[] entries = new double[images * images];
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < images; j++) {
        double sum = inner(averages, images, i, j);
        for (int a = 0; a < directions; a++) {
          for (int b = 0; b < directions; b++) {
            sum +=
                weights[a * directions + b]
                    * products.entry(i * directions + a, j * directions + b);
          }
        }
        entries[i * images + j] = sum;
      }
    }
    return new Kernel(images, entries);
  }

  private Kernel full(Kernel products, double[] averages, int images) {
    int size = Math.multiplyExact(images, classes);
    if (size > MOST_ROWS) {
      throw new InvalidInput(
          ("the full kernel of %d images and %d classes has %,d rows, and more than %,d are not solved: "
                  + "lower search.ntk.batch, or use search.ntk.definition=trace")
              .formatted(images, classes, size, MOST_ROWS));
    }
    double[] entries = new double[Math.multiplyExact(size, size)];
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < images; j++) {
        double own = inner(averages, images, i, j);
        for (int k = 0; k < classes; k++) {
          double[] left = mixed(products, i, j, k);
          for (int l = 0; l < classes; l++) {
            double sum = k == l ? own : 0;
            for (int b = 0; b < directions; b++) {
              sum += left[b] * mixing[l * directions + b];
            }
            entries[(i * classes + k) * size + j * classes + l] = sum;
          }
        }
      }
    }
    return new Kernel(size, entries);
  }

  /** A logit of one image against the directions of another. */
  private double[] mixed(Kernel products, int image, int other, int logit) {
    double[] mixed = new double[directions];
    for (int a = 0; a < directions; a++) {
      double weight = mixing[logit * directions + a];
      for (int b = 0; b < directions; b++) {
        mixed[b] += weight * products.entry(image * directions + a, other * directions + b);
      }
    }
    return mixed;
  }

  private static double inner(double[] averages, int images, int i, int j) {
    int width = averages.length / images;
    double sum = 0;
    for (int c = 0; c < width; c++) {
      sum += averages[i * width + c] * averages[j * width + c];
    }
    return sum;
  }
}
