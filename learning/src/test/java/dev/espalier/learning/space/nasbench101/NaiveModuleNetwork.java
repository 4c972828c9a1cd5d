package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.network.Phase;
import dev.espalier.search.space.nasbench101.VertexOperation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The network of a matrix and its operations by nested loops over {@code [b][c][h][w]} in double
 * precision, for comparison: the benchmark's program as its authors describe it, with channels
 * shared out as there, and no tensor engine.
 */
final class NaiveModuleNetwork {
  private final int[][] matrix;
  private final List<VertexOperation> operations;
  private final Map<String, float[]> parameters;
  private final Map<String, double[]> means = new HashMap<>();
  private final Map<String, double[]> variances = new HashMap<>();
  private boolean training;

  /**
   * @param matrix upper triangular; every vertex on a path
   * @param operations of the vertices between
   */
  NaiveModuleNetwork(
      int[][] matrix, List<VertexOperation> operations, Map<String, float[]> parameters) {
    this.matrix = matrix;
    this.operations = operations;
    this.parameters = parameters;
  }

  Map<String, double[]> runningMeans() {
    return means;
  }

  Map<String, double[]> runningVariances() {
    return variances;
  }

  /** {@code [b][classes]}. */
  double[][] logits(
      double[][][][] images, Phase phase, int channels, int stacks, int cells, int classes) {
    training = phase == Phase.TRAIN;
    double[][][][] x = convolved(images, "stem.0.weight", "stem.1", channels, 3);
    for (int stack = 0; stack < stacks; stack++) {
      x = stack == 0 ? x : pooled(x, 2, 2, 0);
      for (int cell = 0; cell < cells; cell++) {
        x = module(x, channels << stack, "stacks.%d.cells.%d.vertices.".formatted(stack, cell));
      }
    }
    float[] weight = parameter("classifier.weight");
    float[] bias = parameter("classifier.bias");
    double[][] logits = new double[x.length][classes];
    for (int b = 0; b < x.length; b++) {
      for (int k = 0; k < classes; k++) {
        logits[b][k] = bias[k];
        for (int c = 0; c < x[b].length; c++) {
          double mean = Arrays.stream(x[b][c]).flatMapToDouble(Arrays::stream).average().orElse(0);
          logits[b][k] += weight[k * x[b].length + c] * mean;
        }
      }
    }
    return logits;
  }

  private double[][][][] module(double[][][][] input, int out, String name) {
    int last = matrix.length - 1;
    int[] widths = widths(out);
    double[][][][][] outputs = new double[matrix.length][][][][];
    for (int vertex = 1; vertex < last; vertex++) {
      double @Nullable [][][][] sum = null;
      for (int source = 1; source < vertex; source++) {
        if (matrix[source][vertex] == 1) {
          sum = plus(sum, truncated(outputs[source], widths[vertex]));
        }
      }
      if (matrix[0][vertex] == 1) {
        sum = plus(sum, projected(input, name + vertex, widths[vertex]));
      }
      double[][][][] read = Objects.requireNonNull(sum);
      outputs[vertex] =
          switch (operations.get(vertex - 1)) {
            case CONV_3X3 -> convolved(read, name + vertex + ".conv3x3", widths[vertex], 3);
            case CONV_1X1 -> convolved(read, name + vertex + ".conv1x1", widths[vertex], 1);
            case MAX_POOL_3X3 -> pooled(read, 3, 1, 1);
          };
    }
    double @Nullable [][][][] whole = null;
    for (int source = 1; source < last; source++) {
      if (matrix[source][last] == 1) {
        whole = whole == null ? outputs[source] : sideBySide(whole, outputs[source]);
      }
    }
    return matrix[0][last] == 1
        ? plus(whole, projected(input, name + last, out))
        : Objects.requireNonNull(whole);
  }

  /** As the benchmark's program shares channels out: forwards the rest, backwards the largest. */
  private int[] widths(int out) {
    int last = matrix.length - 1;
    int[] widths = new int[matrix.length];
    int shared = 0;
    for (int vertex = 1; vertex < last; vertex++) {
      shared += matrix[vertex][last];
    }
    int rest = shared == 0 ? 0 : out % shared;
    for (int vertex = 1; vertex < last; vertex++) {
      if (matrix[vertex][last] == 1) {
        widths[vertex] = out / shared + (rest-- > 0 ? 1 : 0);
      }
    }
    for (int vertex = last - 1; vertex > 0; vertex--) {
      for (int reader = vertex + 1; reader < last && matrix[vertex][last] == 0; reader++) {
        if (matrix[vertex][reader] == 1) {
          widths[vertex] = Math.max(widths[vertex], widths[reader]);
        }
      }
    }
    return widths;
  }

  private double[][][][] projected(double[][][][] x, String name, int out) {
    return convolved(x, name + ".projection", out, 1);
  }

  private double[][][][] convolved(double[][][][] x, String name, int out, int kernel) {
    return convolved(x, name + ".conv.weight", name + ".norm", out, kernel);
  }

  /** Convolution, batch norm, ReLU. */
  private double[][][][] convolved(
      double[][][][] x, String name, String norm, int out, int kernel) {
    float[] weight = parameter(name);
    int in = x[0].length;
    int size = x[0][0].length;
    double[][][][] y = new double[x.length][out][size][size];
    for (int b = 0; b < x.length; b++) {
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            for (int c = 0; c < in; c++) {
              for (int tap = 0; tap < kernel * kernel; tap++) {
                int row = i + tap / kernel - kernel / 2;
                int column = j + tap % kernel - kernel / 2;
                if (row >= 0 && column >= 0 && row < size && column < size) {
                  y[b][o][i][j] +=
                      weight[(o * in + c) * kernel * kernel + tap] * x[b][c][row][column];
                }
              }
            }
          }
        }
      }
    }
    normalize(y, norm);
    return y;
  }

  /** Batch norm and ReLU in place. */
  private void normalize(double[][][][] x, String name) {
    int channels = x[0].length;
    float[] scale = parameter(name + ".weight");
    float[] shift = parameter(name + ".bias");
    double[] runningMean = means.computeIfAbsent(name, _ -> new double[channels]);
    double[] runningVariance = variances.computeIfAbsent(name, _ -> ones(channels));
    for (int c = 0; c < channels; c++) {
      int channel = c;
      double mean = runningMean[c];
      double variance = runningVariance[c];
      if (training) {
        double[] values =
            Arrays.stream(x)
                .flatMap(image -> Arrays.stream(image[channel]))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        mean = Arrays.stream(values).average().orElse(0);
        double middle = mean;
        double squares =
            Arrays.stream(values).map(value -> (value - middle) * (value - middle)).sum();
        variance = squares / values.length;
        runningMean[c] = 0.9 * runningMean[c] + 0.1 * mean;
        runningVariance[c] = 0.9 * runningVariance[c] + 0.1 * squares / (values.length - 1);
      }
      for (double[][][] image : x) {
        for (double[] row : image[c]) {
          for (int j = 0; j < row.length; j++) {
            double normal = (row[j] - mean) / Math.sqrt(variance + 1e-5);
            row[j] = Math.max(0, normal * scale[c] + shift[c]);
          }
        }
      }
    }
  }

  private static double[][][][] pooled(double[][][][] x, int kernel, int stride, int padding) {
    int size = x[0][0].length;
    int out = (size + 2 * padding - kernel) / stride + 1;
    double[][][][] y = new double[x.length][x[0].length][out][out];
    for (int b = 0; b < x.length; b++) {
      for (int c = 0; c < x[b].length; c++) {
        for (int i = 0; i < out; i++) {
          for (int j = 0; j < out; j++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int tap = 0; tap < kernel * kernel; tap++) {
              int row = i * stride - padding + tap / kernel;
              int column = j * stride - padding + tap % kernel;
              if (row >= 0 && column >= 0 && row < size && column < size) {
                largest = Math.max(largest, x[b][c][row][column]);
              }
            }
            y[b][c][i][j] = largest;
          }
        }
      }
    }
    return y;
  }

  private static double[][][][] truncated(double[][][][] x, int channels) {
    return Arrays.stream(x)
        .map(image -> Arrays.copyOf(image, channels))
        .toArray(double[][][][]::new);
  }

  private static double[][][][] sideBySide(double[][][][] first, double[][][][] second) {
    double[][][][] both = new double[first.length][][][];
    for (int b = 0; b < both.length; b++) {
      both[b] = Arrays.copyOf(first[b], first[b].length + second[b].length);
      System.arraycopy(second[b], 0, both[b], first[b].length, second[b].length);
    }
    return both;
  }

  private static double[][][][] plus(double @Nullable [][][][] first, double[][][][] second) {
    if (first == null) {
      return second;
    }
    double[][][][] sum = new double[first.length][first[0].length][first[0][0].length][];
    for (int b = 0; b < sum.length; b++) {
      for (int c = 0; c < sum[b].length; c++) {
        for (int i = 0; i < sum[b][c].length; i++) {
          sum[b][c][i] = first[b][c][i].clone();
          for (int j = 0; j < sum[b][c][i].length; j++) {
            sum[b][c][i][j] += second[b][c][i][j];
          }
        }
      }
    }
    return sum;
  }

  private float[] parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
