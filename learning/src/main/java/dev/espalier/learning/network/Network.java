package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Ops.Normalization;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class Network implements AutoCloseable {
  private final Torch torch;
  private final NetworkPlan plan;
  private final OperatorMask mask;
  private final List<ParameterSpecification> specifications;
  private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> buffers = new LinkedHashMap<>();
  private final Map<String, Normalization> normalizations = new LinkedHashMap<>();

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
    this.torch = torch;
    this.plan = plan;
    this.mask = mask;
    this.specifications = plan.parameters(mask);
    for (ParameterSpecification parameter : specifications) {
      Tensor values =
          make(precision, leaf.test(parameter), source.values(parameter), parameter.dimensions());
      parameters.put(parameter.name(), values);
      if (parameter.kind() == ParameterKind.SHIFT) {
        addNormalization(parameter, precision);
      }
    }
  }

  /** The scale comes before the shift, so that both are there when the shift has come. */
  private void addNormalization(ParameterSpecification shift, Precision precision) {
    String prefix = shift.name().substring(0, shift.name().length() - ".bias".length());
    Tensor mean = make(precision, false, shift.constant(0), shift.dimensions());
    Tensor variance = make(precision, false, shift.constant(1), shift.dimensions());
    buffers.put(prefix + ".running_mean", mean);
    buffers.put(prefix + ".running_var", variance);
    normalizations.put(
        prefix,
        new Normalization(parameter(prefix + ".weight"), parameter(shift.name()), mean, variance));
  }

  private Tensor make(Precision precision, boolean leaf, float[] values, long[] shape) {
    if (precision == Precision.FLOAT64) {
      double[] wide = new double[values.length];
      Arrays.setAll(wide, i -> values[i]);
      return leaf ? torch.leaf(wide, shape) : torch.buffer(wide, shape);
    }
    return leaf ? torch.leaf(values, shape) : torch.buffer(values, shape);
  }

  /**
   * Runs the network with all its operators.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return logits {@code [batch, classes]}; for the thin network its last activation
   */
  public Tensor forward(Tensor images, Phase phase) {
    return forward(images, mask, phase, activation -> {});
  }

  /**
   * Runs the network with some of its operators.
   *
   * @param activations is given the output of each ReLU: one per executed convolution of a cell, in
   *     order, those of reduction blocks as they come, and the last one before pooling
   */
  public Tensor forward(
      Tensor images, OperatorMask active, Phase phase, Consumer<Tensor> activations) {
    Layers layers = new Layers(this, phase, activations);
    return new ForwardPass(this, layers, new PlainCell(layers, active)).run(images);
  }

  /**
   * The same logits as {@link #forward} in train mode, arranged so that many backward passes over
   * the graph are cheap. The running statistics of the cells' operators are not moved.
   */
  public Tensor forwardMerged(Tensor images, OperatorMask active) {
    Layers layers = new Layers(this, Phase.TRAIN, activation -> {});
    return new ForwardPass(this, layers, new MergedCell(layers, active)).run(images);
  }

  public NetworkPlan plan() {
    return plan;
  }

  public OperatorMask mask() {
    return mask;
  }

  Torch torch() {
    return torch;
  }

  /** All parameters in the order of the forward pass. */
  public List<ParameterSpecification> specifications() {
    return specifications;
  }

  /** The leaves by name, in the order of the forward pass. */
  public SequencedMap<String, Tensor> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  /** The running means and variances by name; training changes them in place. */
  public SequencedMap<String, Tensor> buffers() {
    return Collections.unmodifiableSequencedMap(buffers);
  }

  /** One parameter. */
  public Tensor parameter(String name) {
    Tensor parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "no parameter %s in the network of %s".formatted(name, mask));
    }
    return parameter;
  }

  /** The parameters that carry gradients when only these operators are active, in order. */
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

  Normalization normalization(String prefix) {
    Normalization normalization = normalizations.get(prefix);
    if (normalization == null) {
      throw new IllegalArgumentException(
          "no batch normalisation %s in the network of %s".formatted(prefix, mask));
    }
    return normalization;
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    buffers.values().forEach(Tensor::close);
  }
}
