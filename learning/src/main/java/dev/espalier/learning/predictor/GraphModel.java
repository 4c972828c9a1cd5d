package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import java.util.List;
import java.util.Map;

/** A trained graph network. */
final class GraphModel implements Model {
  static final String FAMILY = "gnn";

  private final GraphNetwork network;
  private final GraphNetwork.Scorer scorer;

  GraphModel(GraphNetwork network) {
    this.network = network;
    this.scorer = network.scorer();
  }

  /** Its sizes are those of the arrays. */
  static GraphModel restore(GraphLayout layout, Map<String, NamedArray> arrays) {
    int embedding = Model.array(arrays, "e.first.bias").values().length;
    int hidden = Model.array(arrays, "predictor.0.bias").values().length;
    int blocks = 0;
    while (arrays.containsKey("e.layers.%d.gru.weight_ih_l0".formatted(blocks))) {
      blocks++;
    }
    GraphNetwork network = new GraphNetwork(layout, embedding, hidden, blocks);
    Model.assign(network.matrices(), arrays);
    return new GraphModel(network);
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return scorer.predict(architectures);
  }

  @Override
  public List<NamedArray> arrays() {
    return network.matrices().stream().map(matrix -> matrix.array("")).toList();
  }

  @Override
  public String family() {
    return FAMILY;
  }
}
