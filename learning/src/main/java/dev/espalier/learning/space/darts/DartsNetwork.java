package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.NetworkTensors;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The network of a genotype: its parameters by name, and the running statistics of its batch
 * normalisations. While it is trained, an image may lose a gene's path, unless that is an identity.
 */
public final class DartsNetwork implements TrainableNetwork {
  private final DartsPlan plan;
  private final DartsWiring wiring;
  private final NetworkTensors tensors;

  /** In single precision, to be trained: all parameters are leaves. There is no auxiliary head. */
  public DartsNetwork(Torch torch, DartsShape shape, Genotype genotype, ParameterSource source) {
    this(torch, DartsPlan.of(shape), genotype, source, Precision.FLOAT32, parameter -> true);
  }

  /**
   * @param leaf the parameters that gradients will be taken for
   */
  public DartsNetwork(
      Torch torch,
      DartsPlan plan,
      Genotype genotype,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    this.plan = plan;
    wiring = DartsWiring.of(genotype);
    tensors = new NetworkTensors(torch, genotype, plan.parameters(wiring), source, precision, leaf);
  }

  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return forward(images, phase, activation -> {});
  }

  /**
   * Runs the network.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param activations is given the output of each ReLU of the cells and behind them, in order
   * @return logits {@code [batch, classes]}; for a thin network its last activation
   */
  public Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations) {
    return new DartsForwardPass(plan, new Layers(tensors, phase, activations), wiring).run(images);
  }

  @Override
  public Outputs train(Tensor images, DropPath dropPath) {
    Layers layers = new Layers(tensors, Phase.TRAIN, activation -> {}, dropPath);
    return new DartsForwardPass(plan, layers, wiring).runWithAuxiliary(images);
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return tensors.parameters();
  }

  /** The parameters that carry gradients, in order. */
  public List<Tensor> leaves() {
    return tensors.parameters().values().stream().filter(Tensor::isLeaf).toList();
  }

  @Override
  public SequencedMap<String, Tensor> buffers() {
    return tensors.buffers();
  }

  @Override
  public void close() {
    tensors.close();
  }
}
