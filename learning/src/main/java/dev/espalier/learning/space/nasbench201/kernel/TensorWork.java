package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Map;

/**
 * What all layers of one kernel over tensors share.
 *
 * @param memory what may be held at once
 * @param parameters of the network by name, row-major
 * @param betweenSteps ends the measurement by throwing
 */
record TensorWork(
    Torch torch,
    Precision precision,
    TensorMemory memory,
    Map<String, float[]> parameters,
    Runnable betweenSteps) {
  float[] parameter(String name) {
    float[] values = parameters.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return values;
  }

  /** A tensor of the scope in the kernel's precision. */
  Tensor tensor(double[] values, long... shape) {
    return torch.tensor(values, shape).to(precision);
  }

  /** A tensor of the scope in the kernel's precision. */
  Tensor tensor(float[] values, long... shape) {
    return torch.tensor(values, shape).to(precision);
  }
}
