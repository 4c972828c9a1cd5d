package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;

/**
 * A layer {@code x -> x weight' + bias}.
 *
 * @param weight {@code [outputs, inputs]}
 * @param bias {@code [outputs]}
 */
record Linear(Tensor weight, Tensor bias) {
  /** {@code [r, inputs] -> [r, outputs]}. */
  Tensor apply(Tensor rows) {
    return Ops.linear(rows, weight, bias);
  }

  long outputs() {
    return weight.dimension(0);
  }
}
