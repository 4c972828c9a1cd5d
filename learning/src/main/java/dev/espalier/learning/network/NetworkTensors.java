package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Ops.Normalization;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** The tensors of a network: parameters, and running statistics of its batch normalisations. */
public final class NetworkTensors implements AutoCloseable {
  private final Torch torch;
  private final String owner;
  private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> buffers = new LinkedHashMap<>();
  private final Map<String, Normalization> normalizations = new HashMap<>();

  /**
   * @param owner whose tensors they are, for messages
   * @param leaf the parameters that gradients will be taken for
   */
  public NetworkTensors(
      Torch torch,
      Object owner,
      List<ParameterSpecification> specifications,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    this.torch = torch;
    this.owner = owner.toString();
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

  public Torch torch() {
    return torch;
  }

  public SequencedMap<String, Tensor> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  public SequencedMap<String, Tensor> buffers() {
    return Collections.unmodifiableSequencedMap(buffers);
  }

  public Tensor parameter(String name) {
    Tensor parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "no parameter %s in the network of %s".formatted(name, owner));
    }
    return parameter;
  }

  public Normalization normalization(String prefix) {
    Normalization normalization = normalizations.get(prefix);
    if (normalization == null) {
      throw new IllegalArgumentException(
          "no batch normalisation %s in the network of %s".formatted(prefix, owner));
    }
    return normalization;
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    buffers.values().forEach(Tensor::close);
  }
}
