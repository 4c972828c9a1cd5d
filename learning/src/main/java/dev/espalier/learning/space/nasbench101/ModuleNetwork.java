package dev.espalier.learning.space.nasbench101;

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
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The network of a NAS-Bench-101 cell: its parameters by name, and the running statistics of its
 * batch normalisations.
 */
final class ModuleNetwork implements TrainableNetwork {
  private final GraphCellPlan plan;
  private final NetworkTensors tensors;

  /** In single precision, to be trained: all parameters are leaves. */
  ModuleNetwork(Torch torch, GraphCellPlan plan, ParameterSource source) {
    this(torch, plan, source, Precision.FLOAT32, parameter -> true);
  }

  /**
   * @param leaf the parameters that gradients will be taken for
   */
  ModuleNetwork(
      Torch torch,
      GraphCellPlan plan,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    this.plan = plan;
    tensors = new NetworkTensors(torch, plan.cell(), plan.parameters(), source, precision, leaf);
  }

  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return forward(images, phase, activation -> {});
  }

  /**
   * Runs the network.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param activations is given the output of each ReLU, in order
   * @return logits {@code [batch, classes]}; for a thin network its last activation
   */
  Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations) {
    return new GraphCellForwardPass(plan, new Layers(tensors, phase, activations)).run(images);
  }

  @Override
  public Outputs train(Tensor images, DropPath dropPath) {
    Layers layers = new Layers(tensors, Phase.TRAIN, activation -> {}, dropPath);
    return new Outputs(new GraphCellForwardPass(plan, layers).run(images), Optional.empty());
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return tensors.parameters();
  }

  /** The parameters that carry gradients, in order. */
  List<Tensor> leaves() {
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
