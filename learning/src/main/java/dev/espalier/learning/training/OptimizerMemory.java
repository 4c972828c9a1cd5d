package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One remembered tensor for every parameter, of the parameter's shape. */
final class OptimizerMemory implements AutoCloseable {
  private final String kind;
  private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * @param kind begins the names, such as {@code momentum}
   */
  OptimizerMemory(
      Torch torch, String kind, SequencedMap<String, Tensor> parameters, Optimizer.Memory from) {
    this.kind = kind;
    parameters.forEach((name, parameter) ->
        tensors.put(
            name, torch.buffer(from.values(named(name), parameter.size()), parameter.shape())));
  }

  private String named(String parameter) {
    return kind + "." + parameter;
  }

  /** In the order of the parameters. */
  List<Tensor> tensors() {
    return List.copyOf(tensors.values());
  }

  List<NamedArray> arrays() {
    return tensors.entrySet().stream()
        .map(entry -> NamedArray.of(named(entry.getKey()), entry.getValue()))
        .toList();
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
  }
}
