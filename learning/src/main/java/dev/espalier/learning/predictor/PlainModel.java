package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A trained multi-layer perceptron. */
final class PlainModel implements Model {
  static final Family FAMILY = new Family("mlp", PlainModel::start, PlainModel::restore);
  private static final String SCALE = "scale";

  private final PlainNetwork network;

  PlainModel(PlainNetwork network) {
    this.network = network;
  }

  private static Family.Start start(
      FitRows rows, PredictorRecipe recipe, Function<String, RandomStream> random) {
    PlainNetwork network =
        new PlainNetwork(
            rows.layout().marks(),
            recipe.hidden(),
            (float) Statistics.mean(rows.accuracies()),
            (float) Math.max(1e-6, Statistics.standardDeviation(rows.accuracies())));
    network.initialize(random.apply("weights"));
    return new Family.Start.BySteps(network);
  }

  private static PlainModel restore(GraphLayout layout, Map<String, NamedArray> arrays) {
    float[] scale = Model.array(arrays, SCALE).values();
    int hidden = Model.array(arrays, "0.bias").values().length;
    PlainNetwork network = new PlainNetwork(layout.marks(), hidden, scale[0], scale[1]);
    Model.assign(network.matrices(), arrays);
    return new PlainModel(network);
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return network.predict(architectures);
  }

  @Override
  public List<NamedArray> arrays() {
    List<NamedArray> arrays = new ArrayList<>();
    network.matrices().forEach(matrix -> arrays.add(matrix.array("")));
    arrays.add(
        new NamedArray(
            SCALE,
            new long[] {2},
            new float[] {(float) network.mean(), (float) network.deviation()}));
    return arrays;
  }

  @Override
  public Family family() {
    return FAMILY;
  }
}
