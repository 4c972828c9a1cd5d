package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A trained graph network. */
final class GraphModel implements Model {
  static final Family FAMILY = new Family("gnn", GraphModel::start, GraphModel::restore);

  private final GraphNetwork network;
  private final GraphNetwork.Scorer scorer;

  GraphModel(GraphNetwork network) {
    this.network = network;
    this.scorer = network.scorer();
  }

  private static Family.Start start(
      FitRows rows, PredictorRecipe recipe, Function<String, RandomStream> random) {
    GraphNetwork network =
        new GraphNetwork(rows.layout(), recipe.embedding(), recipe.hidden(), recipe.blocks());
    network.initialize(random.apply("weights"));
    return new Family.Start.BySteps(network);
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
  public Family family() {
    return FAMILY;
  }
}
