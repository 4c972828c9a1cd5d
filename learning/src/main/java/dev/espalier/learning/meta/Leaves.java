package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The arrays of a model's state that it computes with, as leaves. Layers that read the same input
 * are one leaf, their rows below each other: one product instead of several.
 */
final class Leaves implements AutoCloseable {
  private final Torch torch;
  private final DeferredGradients deferred;
  private final SequencedMap<String, NamedArray> state;
  private final SequencedMap<String, Tensor> leaves = new LinkedHashMap<>();
  private final Map<String, List<String>> parts = new LinkedHashMap<>();

  Leaves(Torch torch, SequencedMap<String, NamedArray> state) {
    this.torch = torch;
    this.deferred = new DeferredGradients(torch);
    this.state = state;
  }

  Torch torch() {
    return torch;
  }

  /** Of the layers that a pass goes through many times. */
  DeferredGradients deferred() {
    return deferred;
  }

  /** The array of this name. */
  Tensor leaf(String name) {
    return stacked(name, name);
  }

  /**
   * Arrays that differ in their first size at most, below each other.
   *
   * @param name of the leaf in checkpoints of a training
   */
  Tensor stacked(String name, String... names) {
    List<NamedArray> arrays = Arrays.stream(names).map(this::array).toList();
    long[] shape = arrays.getFirst().shape().clone();
    shape[0] = arrays.stream().mapToLong(each -> each.shape()[0]).sum();
    float[] values = new float[arrays.stream().mapToInt(each -> each.values().length).sum()];
    int at = 0;
    for (NamedArray each : arrays) {
      System.arraycopy(each.values(), 0, values, at, each.values().length);
      at += each.values().length;
    }
    Tensor leaf = torch.leaf(values, shape);
    leaves.put(name, leaf);
    parts.put(name, List.of(names));
    return leaf;
  }

  Linear linear(String name) {
    return new Linear(leaf(name + ".weight"), leaf(name + ".bias"));
  }

  /** Layers that read the same, as one. */
  Linear linear(String name, String... names) {
    return new Linear(
        stacked(
            name + ".weight",
            Arrays.stream(names).map(each -> each + ".weight").toArray(String[]::new)),
        stacked(
            name + ".bias",
            Arrays.stream(names).map(each -> each + ".bias").toArray(String[]::new)));
  }

  private NamedArray array(String name) {
    return Objects.requireNonNull(state.get(name), name);
  }

  /** What training moves, by name. */
  SequencedMap<String, Tensor> all() {
    return leaves;
  }

  /** The numbers of the leaves now. */
  List<NamedArray> arrays() {
    return leaves.entrySet().stream()
        .map(each -> NamedArray.of(each.getKey(), each.getValue()))
        .toList();
  }

  /** The whole state now: the leaves' arrays as they are, all others as they were. */
  SequencedMap<String, NamedArray> state() {
    return state(arrays());
  }

  /** The whole state with these numbers in the leaves, as {@link #arrays} gave them. */
  SequencedMap<String, NamedArray> state(List<NamedArray> numbers) {
    SequencedMap<String, NamedArray> now = new LinkedHashMap<>(state);
    for (NamedArray leaf : numbers) {
      int at = 0;
      for (String name : Objects.requireNonNull(parts.get(leaf.name()), leaf.name())) {
        NamedArray before = array(name);
        int end = at + before.values().length;
        now.put(
            name, new NamedArray(name, before.shape(), Arrays.copyOfRange(leaf.values(), at, end)));
        at = end;
      }
    }
    return now;
  }

  @Override
  public void close() {
    new ArrayList<>(leaves.values()).forEach(Tensor::close);
    leaves.clear();
  }
}
