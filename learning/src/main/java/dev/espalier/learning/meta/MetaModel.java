package dev.espalier.learning.meta;

import dev.espalier.learning.training.NamedArray;
import java.util.List;
import java.util.Map;

/** A model of MetaD2A and the files it is kept in. */
public sealed interface MetaModel extends AutoCloseable permits GeneratorModel, MetaPredictorModel {
  ModelKind kind();

  ModelSizes sizes();

  /** What it computes with. */
  Leaves leaves();

  /** What its files say beside the weights. */
  Map<String, String> texts();

  /** The published layout, which {@code torch.load} reads. */
  default byte[] forPyTorch() {
    return new ModelFile(leaves().state(), texts()).forPyTorch();
  }

  /** The same arrays as safetensors. */
  default byte[] safetensors() {
    return new ModelFile(leaves().state(), texts()).safetensors();
  }

  /** As {@link #safetensors} was when the leaves had these numbers. */
  default byte[] safetensors(List<NamedArray> numbers) {
    return new ModelFile(leaves().state(numbers), texts()).safetensors();
  }

  @Override
  void close();
}
