package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.indicator.ActivationPatterns;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.List;
import java.util.Map;

/**
 * The thin network of the region count in train mode: one cell, batch normalisation, ReLU, on
 * images of a few pixels. So small that a tensor engine would spend its time between the
 * operations: plain loops over the samples, which lie innermost, in double precision.
 *
 * <p>Letters: {@code c} channels, {@code p} pixels, {@code n} samples of a batch.
 */
final class ThinCell {
  private static final double EPSILON = 1e-5;

  private final CellLayer layer;
  private final int channels;
  private final int size;
  private final Map<String, float[]> parameters;
  private final OperatorMask active;

  /**
   * @param size height and width of the samples
   * @param parameters of the network by name, row-major
   */
  ThinCell(NetworkPlan plan, int size, Map<String, float[]> parameters, OperatorMask active) {
    this.layer = (CellLayer) plan.layers().getFirst();
    this.channels = layer.channels();
    this.size = size;
    this.parameters = parameters;
    this.active = active;
  }

  /**
   * The patterns of one batch: of every ReLU before an executed convolution, in order, and of the
   * last one.
   *
   * @param samples {@code [.., c, p]}
   * @param from the batch's first sample
   */
  ActivationPatterns patterns(float[] samples, int from, int count) {
    ActivationPatterns patterns = new ActivationPatterns(count);
    double[][][] nodes = new double[Edge.NODES][][]; // each [c * p][n]
    nodes[0] = transposed(samples, from, count);
    for (int target = 1; target < Edge.NODES; target++) {
      nodes[target] = node(target, nodes, patterns);
    }
    double[][] last = nodes[Edge.NODES - 1];
    normalize(last, parameter("lastact.0.weight"), parameter("lastact.0.bias"), 1);
    patterns.add(last);
    return patterns;
  }

  private double[][] transposed(float[] samples, int from, int count) {
    int width = channels * size * size;
    double[][] units = new double[width][count];
    for (int sample = 0; sample < count; sample++) {
      for (int unit = 0; unit < width; unit++) {
        units[unit][sample] = samples[(from + sample) * width + unit];
      }
    }
    return units;
  }

  private double[][] node(int target, double[][][] nodes, ActivationPatterns patterns) {
    double[][] sum = new double[nodes[0].length][nodes[0][0].length];
    for (Edge edge : Edge.into(target)) {
      List<Operator> operators = active.on(edge.index());
      double share = 1.0 / operators.size();
      double[][] source = nodes[edge.source()];
      for (Operator operator : operators) {
        switch (operator) {
          case NONE -> {}
          case SKIP_CONNECT -> add(sum, source, share);
          case AVG_POOL_3X3 -> add(sum, pooled(source), share);
          case NOR_CONV_1X1, NOR_CONV_3X3 -> {
            patterns.add(source);
            String prefix = NetworkPlan.operatorPrefix(layer, edge, operator);
            double[][] convolved =
                convolved(source, parameter(prefix + ".op.1.weight"), operator.convolutionSize());
            normalize(
                convolved,
                parameter(prefix + ".op.2.weight"),
                parameter(prefix + ".op.2.bias"),
                share);
            add(sum, convolved, 1);
          }
        }
      }
    }
    return sum;
  }

  private float[] parameter(String name) {
    float[] values = parameters.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the thin network has no parameter " + name);
    }
    return values;
  }

  private static void add(double[][] sum, double[][] term, double factor) {
    for (int unit = 0; unit < sum.length; unit++) {
      addRow(sum[unit], term[unit], factor);
    }
  }

  private static void addRow(double[] sum, double[] term, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * term[i];
    }
  }

  /** The mean over each pixel's 3x3 neighbourhood, as far as it lies inside. */
  private double[][] pooled(double[][] x) {
    double[][] means = new double[x.length][x[0].length];
    for (int unit = 0; unit < x.length; unit++) {
      int neighbours = 0;
      for (int tap = 0; tap < 9; tap++) {
        neighbours += neighbour(unit, tap) >= 0 ? 1 : 0;
      }
      for (int tap = 0; tap < 9; tap++) {
        int from = neighbour(unit, tap);
        if (from >= 0) {
          addRow(means[unit], x[from], 1.0 / neighbours);
        }
      }
    }
    return means;
  }

  /** The unit of the same channel that lies a tap away, or -1 outside the image. */
  private int neighbour(int unit, int tap) {
    int pixel = unit % (size * size);
    int y = pixel / size + tap / 3 - 1;
    int x = pixel % size + tap % 3 - 1;
    return y < 0 || y >= size || x < 0 || x >= size ? -1 : unit - pixel + y * size + x;
  }

  /**
   * Convolves the rectified input.
   *
   * @param weight {@code [c, c, kernel, kernel]}
   */
  private double[][] convolved(double[][] x, float[] weight, int kernel) {
    int pixels = size * size;
    double[][] rectified = new double[x.length][];
    for (int unit = 0; unit < x.length; unit++) {
      rectified[unit] = rectified(x[unit]);
    }
    double[][] sums = new double[x.length][x[0].length];
    int taps = kernel * kernel;
    for (int unit = 0; unit < x.length; unit++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < taps; tap++) {
          int from = neighbour(c * pixels + unit % pixels, taps == 1 ? 4 : tap);
          if (from >= 0) {
            int at = (unit / pixels * channels + c) * taps + tap;
            addRow(sums[unit], rectified[from], weight[at]);
          }
        }
      }
    }
    return sums;
  }

  private static double[] rectified(double[] x) {
    double[] positive = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      positive[i] = Math.max(x[i], 0);
    }
    return positive;
  }

  /**
   * Batch normalisation in place, over all pixels and samples of a channel, times {@code share}.
   */
  private void normalize(double[][] x, float[] scale, float[] shift, double share) {
    int pixels = size * size;
    double positions = (double) pixels * x[0].length;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int unit = c * pixels; unit < (c + 1) * pixels; unit++) {
        for (double value : x[unit]) {
          mean += value;
        }
      }
      mean /= positions;
      double variance = 0;
      for (int unit = c * pixels; unit < (c + 1) * pixels; unit++) {
        for (double value : x[unit]) {
          variance += (value - mean) * (value - mean);
        }
      }
      double factor = share * scale[c] / Math.sqrt(variance / positions + EPSILON);
      double addend = share * shift[c] - mean * factor;
      for (int unit = c * pixels; unit < (c + 1) * pixels; unit++) {
        double[] values = x[unit];
        for (int i = 0; i < values.length; i++) {
          values[i] = values[i] * factor + addend;
        }
      }
    }
  }
}
