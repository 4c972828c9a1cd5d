package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.MaskedNetwork;
import dev.espalier.learning.network.NetworkTensors;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A NAS-Bench-201 network with its parameters (leaves, by name) and the running statistics of its
 * batch normalisations (buffers, by name).
 *
 * <p>A supernet's network can run with any subset of its operators: what is not active is not
 * executed, and each of the {@code m} active operators of an edge weighs {@code 1 / m}.
 */
public final class Network implements TrainableNetwork, MaskedNetwork<OperatorMask> {
  private final NetworkPlan plan;
  private final OperatorMask mask;
  private final List<ParameterSpecification> specifications;
  private final NetworkTensors tensors;

  /** A network in single precision all of whose parameters can be trained. */
  public Network(Torch torch, NetworkPlan plan, OperatorMask mask, ParameterSource source) {
    this(torch, plan, mask, source, Precision.FLOAT32, parameter -> true);
  }

  /**
   * @param leaf the parameters that gradients will be taken for
   */
  public Network(
      Torch torch,
      NetworkPlan plan,
      OperatorMask mask,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    this.plan = plan;
    this.mask = mask;
    this.specifications = plan.parameters(mask);
    this.tensors = new NetworkTensors(torch, mask, specifications, source, precision, leaf);
  }

  /**
   * Runs the network with all its operators.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return logits {@code [batch, classes]}; for the thin network its last activation
   */
  @Override
  public Tensor forward(Tensor images, Phase phase) {
    return forward(images, mask, phase, activation -> {});
  }

  /**
   * Runs the network with some of its operators.
   *
   * @param activations is given the output of each ReLU: one per executed convolution of a cell, in
   *     order, those of reduction blocks as they come, and the last one before pooling
   */
  @Override
  public Tensor forward(
      Tensor images, OperatorMask active, Phase phase, Consumer<Tensor> activations) {
    Layers layers = new Layers(tensors, phase, activations);
    return new ForwardPass(this, layers, new PlainCell(layers, active)).run(images);
  }

  @Override
  public Outputs train(Tensor images, DropPath dropPath) {
    Layers layers = new Layers(tensors, Phase.TRAIN, activation -> {}, dropPath);
    return new ForwardPass(this, layers, new PlainCell(layers, mask)).runWithAuxiliary(images);
  }

  /**
   * The same logits as {@link #forward} in train mode, arranged so that many backward passes over
   * the graph are cheap. The running statistics of the cells' operators are not moved.
   */
  @Override
  public Tensor forwardMerged(Tensor images, OperatorMask active) {
    Layers layers = new Layers(tensors, Phase.TRAIN, activation -> {});
    return new ForwardPass(this, layers, new MergedCell(layers, active)).run(images);
  }

  public NetworkPlan plan() {
    return plan;
  }

  public OperatorMask mask() {
    return mask;
  }

  /** All parameters in the order of the forward pass. */
  public List<ParameterSpecification> specifications() {
    return specifications;
  }

  @Override
  public SequencedMap<String, Tensor> parameters() {
    return tensors.parameters();
  }

  @Override
  public SequencedMap<String, Tensor> buffers() {
    return tensors.buffers();
  }

  /** One parameter. */
  public Tensor parameter(String name) {
    return tensors.parameter(name);
  }

  /** The parameters that carry gradients when only these operators are active, in order. */
  @Override
  public List<Tensor> leaves(OperatorMask active) {
    List<Tensor> leaves = new ArrayList<>();
    for (ParameterSpecification parameter : plan.parameters(active)) {
      Tensor tensor = parameter(parameter.name());
      if (tensor.isLeaf()) {
        leaves.add(tensor);
      }
    }
    return leaves;
  }

  @Override
  public void close() {
    tensors.close();
  }
}
