package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.convolution.ConvolutionWeights;
import dev.espalier.learning.predictor.convolution.ConvolutionWeights.Parameter;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.Map;

/**
 * How large a network of convolutions is.
 *
 * @param kinds of vertices
 * @param width of a vertex's state
 * @param hidden width of the head
 * @param layers of convolutions
 */
record ConvolutionSize(int kinds, int width, int hidden, int layers) {
  /**
   * That of these arrays.
   *
   * @throws InvalidInput if they are not those of such a network
   */
  static ConvolutionSize of(Map<String, NamedArray> arrays) {
    int hidden = Model.array(arrays, "fc2.weight").values().length;
    int width = whole("fc1.weight", Model.array(arrays, "fc1.weight").values().length, hidden);
    int kinds = whole("gcn.0.weight1", Model.array(arrays, "gcn.0.weight1").values().length, width);
    int layers = 0;
    while (arrays.containsKey("gcn.%d.weight1".formatted(layers))) {
      layers++;
    }
    ConvolutionSize size = new ConvolutionSize(kinds, width, hidden, layers);
    for (Parameter parameter : size.parameters()) {
      int found = Model.array(arrays, parameter.name()).values().length;
      if (found != parameter.size()) {
        throw new InvalidInput(
            "%s has %,d numbers, but %d x %d belong there beside the other arrays"
                .formatted(parameter.name(), found, parameter.rows(), parameter.columns()));
      }
    }
    return size;
  }

  private static int whole(String name, int numbers, int columns) {
    if (columns == 0 || numbers == 0 || numbers % columns != 0) {
      throw new InvalidInput(
          "%s has %,d numbers, which are not whole rows of %d".formatted(name, numbers, columns));
    }
    return numbers / columns;
  }

  List<Parameter> parameters() {
    return ConvolutionWeights.parameters(kinds, width, hidden, layers);
  }
}
