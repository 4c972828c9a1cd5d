package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Sums of maps as far as they have been added; what nothing was added to is zero. */
final class TensorNodes {
  private final @Nullable Tensor[] sums;
  private final TensorWork work;
  private final long[] shape;

  /**
   * @param shape {@code [b, c, h, w]} of each
   */
  TensorNodes(int count, TensorWork work, long... shape) {
    this.sums = new @Nullable Tensor[count];
    this.work = work;
    this.shape = shape;
  }

  void add(int node, Tensor map) {
    Tensor sum = sums[node];
    sums[node] = sum == null ? map : sum.add(map);
  }

  Tensor get(int node) {
    Tensor sum = sums[node];
    return sum == null ? work.torch().full(0, work.precision(), shape) : sum;
  }
}
