package dev.espalier.learning.predictor.convolution;

import java.util.ArrayList;
import java.util.List;

/**
 * Weights as the products want them: whole blocks of columns, and the transposes for the backward
 * pass. Where the network's widths are whole blocks, the weights themselves are used.
 */
final class PackedWeights {
  private final ConvolutionWeights weights;
  private final List<ConvolutionWeights.Parameter> parameters;
  private final List<float[]> padded = new ArrayList<>();
  private final List<float[]> turned = new ArrayList<>();
  private final float[] headTurned; // [p, q]
  private final float[] narrow; // a gradient without what it was filled up with
  final int width; // p
  final int hidden; // q

  PackedWeights(ConvolutionWeights weights) {
    this.weights = weights;
    this.parameters = weights.parameters();
    this.width = Blocks.columns(weights.width());
    this.hidden = Blocks.columns(weights.hidden());
    for (int i = 0; i < parameters.size(); i++) {
      padded.add(isWhole(i) ? weights.arrays().get(i) : new float[rows(i) * columns(i)]);
    }
    for (int layer = 1; layer < weights.layers(); layer++) {
      turned.add(new float[2 * width * width]);
    }
    this.headTurned = new float[width * hidden];
    this.narrow = new float[parameters.stream().mapToInt(p -> p.size()).max().orElseThrow()];
    pack();
  }

  private boolean isWhole(int i) {
    return parameters.get(i).rows() == rows(i) && parameters.get(i).columns() == columns(i);
  }

  private int rows(int i) {
    return i < 2 ? weights.kinds() : i < weights.first() ? width : i < weights.last() ? hidden : 1;
  }

  private int columns(int i) {
    return i < weights.last() ? width : hidden;
  }

  /** Takes over the weights as they are now. */
  void pack() {
    for (int i = 0; i < parameters.size(); i++) {
      if (!isWhole(i)) {
        ConvolutionWeights.Parameter parameter = parameters.get(i);
        for (int r = 0; r < parameter.rows(); r++) {
          System.arraycopy(
              weights.arrays().get(i),
              r * parameter.columns(),
              padded.get(i),
              r * columns(i),
              parameter.columns());
        }
      }
    }
    for (int layer = 1; layer < weights.layers(); layer++) {
      float[] out = turned.get(layer - 1);
      Blocks.transpose(of(layer, 0), width, width, out, 0, width);
      Blocks.transpose(of(layer, 1), width, width, out, width * width, width);
    }
    Blocks.transpose(head(), hidden, width, headTurned, 0, hidden);
  }

  /** Of a layer and a direction: 0 along the edges, 1 against them. */
  float[] of(int layer, int direction) {
    return padded.get(2 * layer + direction);
  }

  /** Both transposes, one under the other: {@code [2 p, p]}. */
  float[] turned(int layer) {
    return turned.get(layer - 1);
  }

  float[] head() {
    return padded.get(weights.first());
  }

  float[] headTurned() {
    return headTurned;
  }

  float[] last() {
    return padded.get(weights.last());
  }

  /** A gradient of whole blocks as one of the parameter's own size. */
  float[] narrow(int i, float[] gradient) {
    if (isWhole(i)) {
      return gradient;
    }
    ConvolutionWeights.Parameter parameter = parameters.get(i);
    for (int r = 0; r < parameter.rows(); r++) {
      System.arraycopy(
          gradient, r * columns(i), narrow, r * parameter.columns(), parameter.columns());
    }
    return narrow;
  }
}
