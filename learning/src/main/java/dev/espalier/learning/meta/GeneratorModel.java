package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Proposes architectures for a set of images (MetaD2A, section 3.1): the set encoder gives a mean
 * and a variance, the decoder grows a graph from a latent vector.
 *
 * <p>While it generates, the latent vector is the mean: graphs differ by the images drawn and by
 * the decisions (as published). Its graph encoder is never trained, and only kept.
 *
 * <p>For one thread at a time.
 */
public final class GeneratorModel implements MetaModel {
  /** Of the divergence in the loss. */
  private static final double BETA = 0.005;

  /** Of the noise on the latent vector while training, beside the standard deviation. */
  private static final double NOISE = 0.01;

  /** Sets that go through together. */
  private static final int AT_ONCE = 50;

  private final Torch torch;
  private final GraphTopology topology;
  private final ModelSizes sizes;
  private final Leaves leaves;
  private final SetEncoder sets;
  private final Linear latent;
  private final GraphDecoder decoder;

  private GeneratorModel(
      Torch torch,
      GraphTopology topology,
      ModelSizes sizes,
      SequencedMap<String, NamedArray> state) {
    if (sizes.latent() != sizes.hidden() || !sizes.readsSets()) {
      throw new InvalidInput(
          "a generator of MetaD2A reads images, and its latent and hidden sizes are the same; given"
              + " were %s: set hidden to latent".formatted(sizes));
    }
    this.torch = torch;
    this.topology = topology;
    this.sizes = sizes;
    this.leaves = new Leaves(torch, state);
    this.sets = new SetEncoder(leaves, sizes);
    this.latent = leaves.linear("latent", "fc1", "fc2");
    this.decoder = new GraphDecoder(leaves, topology);
  }

  /** A model with random weights, as PyTorch would draw them. */
  public static GeneratorModel fresh(
      Torch torch, GraphTopology topology, ModelSizes sizes, long seed) {
    return new GeneratorModel(
        torch,
        topology,
        sizes,
        ModelState.drawn(ModelState.shapes(ModelKind.GENERATOR, topology, sizes), seed));
  }

  /**
   * The model of a file: a published checkpoint, or what a meta-training wrote.
   *
   * @param name the file's, for messages
   * @throws InvalidInput if it is something else, of another space, or damaged
   */
  public static GeneratorModel read(
      Torch torch, GraphTopology topology, String name, byte[] bytes) {
    SequencedMap<String, NamedArray> state = ModelFile.read(name, bytes).arrays();
    ModelSizes sizes = ModelState.check(name, ModelKind.GENERATOR, topology, state);
    return new GeneratorModel(torch, topology, sizes, state);
  }

  /** The same model with other numbers in its leaves. */
  GeneratorModel with(List<NamedArray> numbers) {
    return new GeneratorModel(torch, topology, sizes, leaves.state(numbers));
  }

  @Override
  public ModelKind kind() {
    return ModelKind.GENERATOR;
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
    return Map.of();
  }

  /**
   * Mean and logarithm of the variance of each set.
   *
   * @param mean {@code [b, z]}
   * @param logVariance {@code [b, z]}
   */
  record Latent(Tensor mean, Tensor logVariance) {}

  Latent latent(List<SetDraw> draws) {
    Tensor both = latent.apply(sets.vectors(draws)); // [b, 2 z]
    List<Tensor> parts = Ops.split(both, 1, sizes.latent(), sizes.latent());
    return new Latent(parts.getFirst(), parts.getLast());
  }

  /**
   * The parts of the loss of a batch, each summed over it.
   *
   * @param total reconstruction + 0.005 divergence
   */
  record Loss(Tensor total, Tensor reconstruction, Tensor divergence) {}

  /**
   * @param noise standard normal numbers, {@code [b, z]}; null for none
   */
  Loss loss(Latent of, List<CodedGraph> graphs, @Nullable Tensor noise) {
    Tensor at =
        noise == null
            ? of.mean()
            : of.mean().add(noise.multiply(NOISE).multiply(of.logVariance().multiply(0.5).exp()));
    Tensor reconstruction = decoder.loss(at, graphs);
    Tensor divergence =
        of.logVariance()
            .add(1)
            .subtract(of.mean().square())
            .subtract(of.logVariance().exp())
            .sum()
            .multiply(-0.5);
    return new Loss(reconstruction.add(divergence.multiply(BETA)), reconstruction, divergence);
  }

  /**
   * One graph for each draw of images. The number of graphs that are no architecture is the
   * caller's to count.
   *
   * @param decisions the stream of all decisions
   * @throws InvalidInput if features are of another width than the model's
   */
  public List<CodedGraph> generate(List<SetDraw> draws, RandomStream decisions) {
    return grow(means(draws), Decisions.drawn(draws.size(), topology.vertices(), decisions));
  }

  /**
   * One graph for each draw of images, by the rule of the space where it has one: then each is an
   * architecture.
   *
   * @param decisions the stream of all decisions
   * @throws InvalidInput if features are of another width than the model's
   */
  public List<CodedGraph> generate(
      List<SetDraw> draws, RandomStream decisions, GraphCoding coding) {
    Decisions drawn = Decisions.drawn(draws.size(), topology.vertices(), decisions);
    return grow(
        means(draws),
        coding
            .rule()
            .map(rule -> Decisions.within(topology, rule, draws.size(), drawn))
            .orElse(drawn));
  }

  /**
   * The graphs of latent vectors.
   *
   * @param means {@code [b, z]}
   */
  List<CodedGraph> grow(Tensor means, Decisions decisions) {
    return decoder.grow(means, decisions);
  }

  /** The graphs of these latent vectors. */
  List<CodedGraph> grow(List<float[]> means, Decisions decisions) {
    try (Scope _ = torch.inference()) {
      return decoder.grow(torch.tensor(means, means.size(), sizes.latent()), decisions);
    }
  }

  /** The latent vector of each draw, {@code z} numbers each: what its graph is grown from. */
  public List<float[]> means(List<SetDraw> draws) {
    List<float[]> means = new ArrayList<>(draws.size());
    for (int from = 0; from < draws.size(); from += AT_ONCE) {
      List<SetDraw> some = draws.subList(from, Math.min(draws.size(), from + AT_ONCE));
      try (Scope _ = torch.inference()) {
        Tensor mean = latent(some).mean();
        for (int i = 0; i < some.size(); i++) {
          means.add(mean.narrow(0, i, i + 1L).toFloats());
        }
      }
    }
    return means;
  }

  /** What the graph encoder that no training moves says of graphs: mean, then log-variance. */
  Tensor encodedGraphs(List<CodedGraph> graphs) {
    try (Leaves own = new Leaves(torch, leaves.state())) {
      Tensor states = new GraphEncoder(own, topology).states(graphs);
      return Ops.concatenate(
          List.of(own.linear("enc_g_mu").apply(states), own.linear("enc_g_var").apply(states)), 1);
    }
  }

  @Override
  public void close() {
    leaves.close();
  }
}
