package dev.espalier.learning.predictor.convolution;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a network and its weights, named as in the published program: {@code gcn.l.weight1}
 * and {@code weight2} {@code [k or w, w]}, {@code fc1.weight} {@code [h, w]}, {@code fc2.weight}
 * {@code [1, h]}. None has a bias.
 *
 * @param kinds of vertices
 * @param width of a vertex's state
 * @param hidden width of the head
 * @param layers of convolutions
 * @param arrays in the order of {@link #parameters}; who holds them may change their numbers
 */
public record ConvolutionWeights(
    int kinds, int width, int hidden, int layers, List<float[]> arrays) {
  /** One of the weights. */
  public record Parameter(String name, int rows, int columns) {
    public int size() {
      return rows * columns;
    }
  }

  public ConvolutionWeights {
    arrays = List.copyOf(arrays);
  }

  /** What a network of these sizes is made of. */
  public static List<Parameter> parameters(int kinds, int width, int hidden, int layers) {
    List<Parameter> parameters = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      for (int direction = 1; direction <= 2; direction++) {
        parameters.add(
            new Parameter(
                "gcn.%d.weight%d".formatted(layer, direction), layer == 0 ? kinds : width, width));
      }
    }
    parameters.add(new Parameter("fc1.weight", hidden, width));
    parameters.add(new Parameter("fc2.weight", 1, hidden));
    return parameters;
  }

  public List<Parameter> parameters() {
    return parameters(kinds, width, hidden, layers);
  }

  int first() {
    return 2 * layers;
  }

  int last() {
    return 2 * layers + 1;
  }
}
