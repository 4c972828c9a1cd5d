package dev.espalier.learning.space.parallel;

import dev.espalier.learning.network.Phase;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/**
 * The same networks by nested loops over {@code [b][c][h][w]} in double precision, for comparison:
 * every layer from its definition, and no tensor engine.
 */
final class NaiveParallelNetwork {
  private final MacroShape shape;
  private final ParallelArchitecture architecture;
  private final Map<String, float[]> parameters;
  private final Map<String, double[]> means = new HashMap<>();
  private final Map<String, double[]> variances = new HashMap<>();
  private boolean training;

  NaiveParallelNetwork(
      MacroShape shape, ParallelArchitecture architecture, Map<String, float[]> parameters) {
    this.shape = shape;
    this.architecture = architecture;
    this.parameters = parameters;
  }

  Map<String, double[]> runningMeans() {
    return means;
  }

  Map<String, double[]> runningVariances() {
    return variances;
  }

  /** {@code [b][classes]}. */
  double[][] logits(double[][][][] images, Phase phase, int classes) {
    training = phase == Phase.TRAIN;
    double[][][][] x = relu(norm(full(images, "stem.0.weight", shape.stem(), 3), "stem.1"), 6);
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      x = layer(x, layer);
    }
    x = relu(norm(full(x, "tail.0.weight", shape.tail(), 1), "tail.1"), 6);
    float[] weight = parameter("classifier.weight");
    float[] bias = parameter("classifier.bias");
    double[][] logits = new double[x.length][classes];
    for (int b = 0; b < x.length; b++) {
      for (int k = 0; k < classes; k++) {
        logits[b][k] = bias[k];
        for (int c = 0; c < shape.tail(); c++) {
          logits[b][k] += weight[k * shape.tail() + c] * mean(x[b][c]);
        }
      }
    }
    return logits;
  }

  private double[][][][] layer(double[][][][] x, int layer) {
    return architecture.layers().get(layer).stream()
        .map(operation -> run(operation, x, layer))
        .reduce(NaiveParallelNetwork::plus)
        .orElseThrow();
  }

  private float[] parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private double[][][][] run(Operation operation, double[][][][] x, int layer) {
    String name = "layers." + layer + "." + operation.label();
    int out = shape.layers().get(layer).channels();
    int stride = shape.layers().get(layer).stride();
    int in = x[0].length;
    return switch (operation) {
      case SKIP -> {
        if (stride == 1) {
          yield in == out ? x : full(x, name + ".weight", out, 1);
        }
        yield norm(halves(relu(x, Double.MAX_VALUE), name, out), name + ".norm");
      }
      case SEPARABLE_3, SEPARABLE_5, SEPARABLE_7 ->
          separable(
              separable(x, name + ".first", operation.kernel(), stride, 1, in),
              name + ".second",
              operation.kernel(),
              1,
              1,
              out);
      case DILATED_3 -> separable(x, name, 3, stride, 2, out);
      case DILATED_5 -> separable(x, name, 5, stride, 2, out);
    };
  }

  private double[][][][] separable(
      double[][][][] x, String name, int kernel, int stride, int dilation, int out) {
    double[][][][] rectified = relu(x, Double.MAX_VALUE);
    double[][][][] filtered =
        depthwise(rectified, parameter(name + ".depthwise.weight"), kernel, stride, dilation);
    return norm(full(filtered, name + ".pointwise.weight", out, 1), name + ".norm");
  }

  private static double[][][][] depthwise(
      double[][][][] x, float[] weight, int kernel, int stride, int dilation) {
    double[][][][] y = new double[x.length][x[0].length][][];
    for (int b = 0; b < x.length; b++) {
      for (int c = 0; c < x[b].length; c++) {
        int size = Math.ceilDiv(x[b][c].length, stride);
        y[b][c] = new double[size][size];
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            for (int u = 0; u < kernel; u++) {
              for (int v = 0; v < kernel; v++) {
                y[b][c][i][j] +=
                    weight[(c * kernel + u) * kernel + v]
                        * at(
                            x[b][c],
                            i * stride + (u - kernel / 2) * dilation,
                            j * stride + (v - kernel / 2) * dilation);
              }
            }
          }
        }
      }
    }
    return y;
  }

  /** Convolution over all channels with stride 1. */
  private double[][][][] full(double[][][][] x, String name, int out, int kernel) {
    float[] weight = parameter(name);
    int in = x[0].length;
    int size = x[0][0].length;
    double[][][][] y = new double[x.length][out][size][size];
    for (int b = 0; b < x.length; b++) {
      for (int o = 0; o < out; o++) {
        for (int c = 0; c < in; c++) {
          for (int i = 0; i < size * size * kernel * kernel; i++) {
            int tap = i % (kernel * kernel);
            int row = i / (kernel * kernel) / size;
            int column = i / (kernel * kernel) % size;
            y[b][o][row][column] +=
                weight[(o * in + c) * kernel * kernel + tap]
                    * at(
                        x[b][c],
                        row + tap / kernel - kernel / 2,
                        column + tap % kernel - kernel / 2);
          }
        }
      }
    }
    return y;
  }

  private double[][][][] halves(double[][][][] x, String name, int out) {
    int in = x[0].length;
    int size = Math.ceilDiv(x[0][0].length, 2);
    double[][][][] y = new double[x.length][out][size][size];
    for (int b = 0; b < x.length; b++) {
      for (int o = 0; o < out; o++) {
        int shift = o < out / 2 ? 0 : 1;
        float[] weight = parameter(name + (shift == 0 ? ".even.weight" : ".odd.weight"));
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            for (int c = 0; c < in; c++) {
              y[b][o][i][j] +=
                  weight[(o - shift * out / 2) * in + c]
                      * at(x[b][c], 2 * i + shift, 2 * j + shift);
            }
          }
        }
      }
    }
    return y;
  }

  private double[][][][] norm(double[][][][] x, String name) {
    int channels = x[0].length;
    float[] scale = parameter(name + ".weight");
    float[] shift = parameter(name + ".bias");
    double[] runningMean = means.computeIfAbsent(name, _ -> new double[channels]);
    double[] runningVariance = variances.computeIfAbsent(name, _ -> ones(channels));
    double[][][][] y = new double[x.length][channels][][];
    for (int c = 0; c < channels; c++) {
      double mean = runningMean[c];
      double variance = runningVariance[c];
      if (training) {
        double count = 0;
        double sum = 0;
        for (double[][][] image : x) {
          for (double[] row : image[c]) {
            for (double value : row) {
              count++;
              sum += value;
            }
          }
        }
        mean = sum / count;
        double squares = 0;
        for (double[][][] image : x) {
          for (double[] row : image[c]) {
            for (double value : row) {
              squares += (value - mean) * (value - mean);
            }
          }
        }
        variance = squares / count;
        runningMean[c] = 0.9 * runningMean[c] + 0.1 * mean;
        runningVariance[c] = 0.9 * runningVariance[c] + 0.1 * squares / (count - 1);
      }
      for (int b = 0; b < x.length; b++) {
        y[b][c] = new double[x[b][c].length][x[b][c].length];
        for (int i = 0; i < y[b][c].length; i++) {
          for (int j = 0; j < y[b][c].length; j++) {
            y[b][c][i][j] =
                (x[b][c][i][j] - mean) / Math.sqrt(variance + 1e-5) * scale[c] + shift[c];
          }
        }
      }
    }
    return y;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[][][][] relu(double[][][][] x, double limit) {
    return mapped(x, x, (value, _) -> Math.min(Math.max(value, 0), limit));
  }

  private static double[][][][] plus(double[][][][] first, double[][][][] second) {
    return mapped(first, second, Double::sum);
  }

  private static double[][][][] mapped(
      double[][][][] first, double[][][][] second, DoubleBinaryOperator function) {
    double[][][][] y = new double[first.length][first[0].length][][];
    for (int b = 0; b < y.length; b++) {
      for (int c = 0; c < y[b].length; c++) {
        int size = first[b][c].length;
        y[b][c] = new double[size][size];
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            y[b][c][i][j] = function.applyAsDouble(first[b][c][i][j], second[b][c][i][j]);
          }
        }
      }
    }
    return y;
  }

  private static double mean(double[][] plane) {
    double sum = 0;
    for (double[] row : plane) {
      for (double value : row) {
        sum += value;
      }
    }
    return sum / (plane.length * plane.length);
  }

  private static double at(double[][] plane, int row, int column) {
    boolean inside = row >= 0 && column >= 0 && row < plane.length && column < plane.length;
    return inside ? plane[row][column] : 0;
  }
}
