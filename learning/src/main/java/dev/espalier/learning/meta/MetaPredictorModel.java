package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Predicts how an architecture does on a set of images (MetaD2A, section 3.2): the vectors of the
 * set and of the graph, then two layers.
 *
 * <p>For one thread at a time.
 */
public final class MetaPredictorModel implements MetaModel {
  /** Graphs that go through together. */
  private static final int AT_ONCE = 256;

  private final Torch torch;
  private final GraphTopology topology;
  private final ModelSizes sizes;
  private final AccuracyScale scale;
  private final Leaves leaves;
  private final List<SetEncoder> sets;
  private final GraphEncoder graphs;
  private final Linear ofGraph;
  private final Linear hidden;
  private final Linear output;

  private MetaPredictorModel(
      Torch torch,
      GraphTopology topology,
      ModelSizes sizes,
      AccuracyScale scale,
      SequencedMap<String, NamedArray> state) {
    this.torch = torch;
    this.topology = topology;
    this.sizes = sizes;
    this.scale = scale;
    this.leaves = new Leaves(torch, state);
    this.sets = sizes.readsSets() ? List.of(new SetEncoder(leaves, sizes)) : List.of();
    this.graphs = new GraphEncoder(leaves, topology);
    this.ofGraph = leaves.linear("fc1");
    this.hidden = leaves.linear("pred_fc.0");
    this.output = leaves.linear("pred_fc.2");
  }

  /**
   * A model with random weights, as PyTorch would draw them.
   *
   * @param scale of the accuracies that it is to learn
   */
  public static MetaPredictorModel fresh(
      Torch torch, GraphTopology topology, ModelSizes sizes, AccuracyScale scale, long seed) {
    return new MetaPredictorModel(
        torch,
        topology,
        sizes,
        scale,
        ModelState.drawn(ModelState.shapes(ModelKind.PREDICTOR, topology, sizes), seed));
  }

  /**
   * The model of a file: a published checkpoint, or what a meta-training wrote.
   *
   * @param name the file's, for messages
   * @throws InvalidInput if it is something else, of another space, or damaged
   */
  public static MetaPredictorModel read(
      Torch torch, GraphTopology topology, String name, byte[] bytes) {
    ModelFile file = ModelFile.read(name, bytes);
    ModelSizes sizes = ModelState.check(name, ModelKind.PREDICTOR, topology, file.arrays());
    return new MetaPredictorModel(
        torch, topology, sizes, AccuracyScale.of(file.texts()), file.arrays());
  }

  /** The same model with other numbers in its leaves. */
  MetaPredictorModel with(List<NamedArray> numbers) {
    return new MetaPredictorModel(torch, topology, sizes, scale, leaves.state(numbers));
  }

  @Override
  public ModelKind kind() {
    return ModelKind.PREDICTOR;
  }

  @Override
  public ModelSizes sizes() {
    return sizes;
  }

  @Override
  public Leaves leaves() {
    return leaves;
  }

  @Override
  public Map<String, String> texts() {
    return scale.texts();
  }

  /** What its outputs mean. */
  public AccuracyScale scale() {
    return scale;
  }

  /**
   * The output for each pair of a draw and a graph, {@code [b, 1]}.
   *
   * @param draws as many as graphs; none of them is read by a model of graphs alone
   */
  Tensor outputs(List<SetDraw> draws, List<CodedGraph> of) {
    Tensor vectors = ofGraph.apply(graphs.states(of)); // [b, z]
    Tensor both =
        sets.isEmpty()
            ? vectors
            : Ops.concatenate(List.of(sets.getFirst().vectors(draws), vectors), 1); // [b, 2 z]
    return output.apply(hidden.apply(both).tanh());
  }

  /** The loss as published: the sum of squares. */
  Tensor loss(List<SetDraw> draws, List<CodedGraph> of, Tensor targets) {
    return outputs(draws, of).subtract(targets).square().sum();
  }

  /**
   * The score of each graph, more is better: the mean over the draws of images, which are the same
   * for all graphs (the published program draws anew for each, which costs more and compares them
   * less fairly). Every set and every graph is encoded once.
   *
   * @param draws of one task; empty for a model of graphs alone
   * @param of architectures, encoded by their space
   * @throws InvalidInput if features are of another width than the model's
   */
  public double[] score(List<SetDraw> draws, List<CodedGraph> of) {
    if (draws.isEmpty() == sizes.readsSets()) {
      throw new InvalidInput(
          sizes.readsSets()
              ? "this predictor reads images: give at least one draw of them"
              : "this predictor reads graphs alone: give no images");
    }
    double[] scores = new double[of.size()];
    try (Scope _ = torch.inference()) {
      List<Tensor> ofSets = new ArrayList<>();
      long latent = sizes.latent();
      if (sets.isEmpty()) {
        ofSets.add(hidden.bias().reshape(1, hidden.outputs()));
      } else {
        Tensor said =
            Ops.linear(
                sets.getFirst().vectors(draws),
                hidden.weight().narrow(1, 0, latent),
                hidden.bias()); // [draws, h]
        for (int draw = 0; draw < draws.size(); draw++) {
          ofSets.add(said.narrow(0, draw, draw + 1L));
        }
      }
      long from = sets.isEmpty() ? 0 : latent;
      Tensor graphWeight = hidden.weight().narrow(1, from, from + latent).transpose(0, 1);
      for (int at = 0; at < of.size(); at += AT_ONCE) {
        add(scores, at, of.subList(at, Math.min(of.size(), at + AT_ONCE)), ofSets, graphWeight);
      }
    }
    return scores;
  }

  private void add(
      double[] scores, int at, List<CodedGraph> some, List<Tensor> ofSets, Tensor graphWeight) {
    try (Scope _ = torch.inference()) {
      Tensor ofGraphs = ofGraph.apply(graphs.states(some)).matmul(graphWeight); // [b, h]
      for (Tensor ofSet : ofSets) {
        float[] outputs = output.apply(ofGraphs.add(ofSet).tanh()).toFloats();
        for (int i = 0; i < outputs.length; i++) {
          scores[at + i] += (double) outputs[i] / ofSets.size();
        }
      }
    }
  }

  @Override
  public void close() {
    leaves.close();
  }
}
