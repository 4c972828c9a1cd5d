package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The gradient with respect to a node of the skip connections and average poolings that leave it.
 */
final class TensorPaths {
  private final TensorWork work;
  private final List<Path> paths;
  private final int size;
  private final Tensor shares; // [h + 2, w + 2, 1, 1]: one over the pixels of each mean

  TensorPaths(List<Path> paths, int size, TensorWork work) {
    this.work = work;
    this.paths = paths;
    this.size = size;
    int side = size + 2;
    double[] numbers = new double[side * side];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 1.0 / (neighbours(i / side - 1) * neighbours(i % side - 1));
    }
    this.shares = work.tensor(numbers, side, side, 1, 1);
  }

  private int neighbours(int position) {
    int from = Math.max(0, position - 1);
    int to = Math.min(size, position + 2);
    return Math.max(1, to - from);
  }

  /**
   * Adds the gradient of some images.
   *
   * @param fields by node
   * @param gradient {@code [g, h, w, c, k]}
   */
  void addTo(Tensor gradient, Field[] fields, int from, int to) {
    Tensor skipped = sum(Path::skip, path -> fields[path.target()].inner(from, to), null);
    if (skipped != null) {
      gradient.addInPlace(skipped);
    }
    Tensor spread = sum(Path::pool, path -> fields[path.target()].group(from, to), shares);
    if (spread != null) {
      gradient.addInPlace(neighbourSum(neighbourSum(spread, 1), 2));
    }
  }

  private interface Cotangents {
    Tensor of(Path path);
  }

  /** The weighted sum of the targets' cotangents, or null where all weights are zero. */
  private @Nullable Tensor sum(
      ToDoubleFunction<Path> weight, Cotangents cotangents, @Nullable Tensor factors) {
    List<Path> taken = paths.stream().filter(path -> weight.applyAsDouble(path) != 0).toList();
    if (taken.isEmpty()) {
      return null;
    }
    boolean same = taken.stream().mapToDouble(weight).distinct().count() == 1;
    Tensor sum = null;
    for (Path path : taken) {
      Tensor each = cotangents.of(path);
      Tensor term = same ? each : each.multiply(weight.applyAsDouble(path));
      sum = sum == null ? term : sum.add(term);
    }
    double common = same ? weight.applyAsDouble(taken.getFirst()) : 1;
    Tensor factor =
        factors == null ? work.torch().full(common, work.precision()) : factors.multiply(common);
    return Objects.requireNonNull(sum).multiply(factor);
  }

  /** Each position's sum with its neighbours along an axis, which loses its border. */
  private Tensor neighbourSum(Tensor x, int axis) {
    Tensor sum = x.narrow(axis, 0, size).add(x.narrow(axis, 1, size + 1));
    sum.addInPlace(x.narrow(axis, 2, size + 2));
    return sum;
  }
}
