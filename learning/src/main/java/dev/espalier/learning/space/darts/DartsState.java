package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the edges of a cell read: an input or a node. It is rectified once for all convolutions that
 * read it, and pooled once for all edges of a stride.
 */
final class DartsState {
  private enum Derived {
    RECTIFIED,
    AVERAGED,
    HIGHEST
  }

  private record Key(Derived derived, int stride) {}

  private final Layers layers;
  private final Tensor value; // [b, c, h, w]
  private final Map<Key, Tensor> derived = new HashMap<>();

  DartsState(Layers layers, Tensor value) {
    this.layers = layers;
    this.value = value;
  }

  Tensor value() {
    return value;
  }

  Tensor rectified() {
    return once(Derived.RECTIFIED, 1, () -> layers.observed(Ops.relu(value)));
  }

  Tensor averaged(int stride) {
    return once(Derived.AVERAGED, stride, () -> Ops.averagePool(value, 3, stride, 1));
  }

  Tensor highest(int stride) {
    return once(Derived.HIGHEST, stride, () -> Ops.maxPool(value, 3, stride, 1));
  }

  private Tensor once(Derived what, int stride, Supplier<Tensor> compute) {
    return derived.computeIfAbsent(new Key(what, stride), key -> compute.get());
  }
}
