package dev.espalier.learning.predictor.convolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a network without dropout, times a power of two, so that none of them nor what
 * they are multiplied to is subnormal: on those a processor takes a hundred times as long, and the
 * decay makes them of the weights of units that have died.
 *
 * <p>Everything in the network is positively homogeneous, and such a factor changes no bit of any
 * product or sum: the number at the end, lowered again, is that of the weights as they were.
 */
final class LiftedWeights {
  /** Lifts the least number that there is to a normal one. */
  private static final int HIGHEST = 24;

  /** What may come of it, as a power of two: float's numbers end at 2^128. */
  private static final int ROOM = 120;

  private final List<float[]> layers = new ArrayList<>();
  private final float[] head;
  private final int lift;
  final int width; // p, whole blocks of the widest vectors

  LiftedWeights(ConvolutionWeights weights) {
    PackedWeights packed = new PackedWeights(weights);
    this.width = Blocks.wideColumns(packed.width);
    this.lift = lift(weights, packed);
    for (int layer = 0; layer < weights.layers(); layer++) {
      layers.add(lifted(packed.of(layer, 0), packed.width));
      layers.add(lifted(packed.of(layer, 1), packed.width));
    }
    this.head = Arrays.copyOf(lifted(head(packed), packed.width), width);
  }

  /** By how many powers of two each of the layers and the head are lifted. */
  private static int lift(ConvolutionWeights weights, PackedWeights packed) {
    double most = 1; // what a number of a state, and then the score, may be at most
    for (int layer = 0; layer < weights.layers(); layer++) {
      double along = layer == 0 ? largest(packed.of(0, 0)) : most(packed, layer, 0);
      double against = layer == 0 ? largest(packed.of(0, 1)) : most(packed, layer, 1);
      most *= Math.max(1, Math.max(along, against));
    }
    double sum = 0;
    for (float each : head(packed)) {
      sum += Math.abs(each);
    }
    most *= Math.max(1, sum);
    int room = Double.isFinite(most) ? ROOM - Math.getExponent(most) : 0;
    return Math.clamp(room / (weights.layers() + 1), 0, HIGHEST);
  }

  private static double largest(float[] matrix) {
    double largest = 0;
    for (float each : matrix) {
      largest = Math.max(largest, Math.abs(each));
    }
    return largest;
  }

  /**
   * How much larger than what goes in a number that comes out may be: the largest sum of a column.
   */
  private static double most(PackedWeights packed, int layer, int direction) {
    double[] sums = new double[packed.width];
    float[] matrix = packed.of(layer, direction);
    for (int i = 0; i < matrix.length; i++) {
      sums[i % packed.width] += Math.abs(matrix[i]);
    }
    double most = 0;
    for (double sum : sums) {
      most = Math.max(most, sum);
    }
    return most;
  }

  /** Both linear layers as one: without dropout nothing is between them, {@code [p]}. */
  private static float[] head(PackedWeights packed) {
    float[] head = new float[packed.width];
    for (int j = 0; j < packed.width; j++) {
      double sum = 0;
      for (int i = 0; i < packed.hidden; i++) {
        sum += (double) packed.last()[i] * packed.head()[i * packed.width + j];
      }
      head[j] = (float) sum;
    }
    return head;
  }

  /** A matrix {@code [r, columns]}, filled up to {@code [r, p]} or {@code [p, p]}. */
  private float[] lifted(float[] matrix, int columns) {
    float factor = Math.scalb(1f, lift);
    int rows = matrix.length / columns;
    float[] lifted = new float[(rows == columns ? width : rows) * width];
    for (int i = 0; i < matrix.length; i++) {
      lifted[i / columns * width + i % columns] = matrix[i] * factor;
    }
    return lifted;
  }

  /** Of a layer and a direction: 0 along the edges, 1 against them. */
  float[] of(int layer, int direction) {
    return layers.get(2 * layer + direction);
  }

  float[] head() {
    return head;
  }

  /** What a score is to be multiplied by. */
  float lowering() {
    return Math.scalb(1f, -lift * (layers.size() / 2 + 1));
  }
}
