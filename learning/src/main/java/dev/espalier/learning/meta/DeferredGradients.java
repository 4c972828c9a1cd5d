package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Gradients of layers that a pass goes through many times, a few rows each: one product over all
 * rows at its end, instead of a sum of arrays of the weights' size, one for each use.
 *
 * <p>While it is open, such a layer's outputs are computed with its weights as constants, and what
 * is added to them, zeros, is a leaf: the gradient of that leaf is the gradient of the outputs, and
 * with the inputs it gives the weights'.
 *
 * <p>Letters: {@code r} rows, {@code o} outputs, {@code i} inputs.
 */
final class DeferredGradients {
  private final Torch torch;
  private final Map<Tensor, List<Use>> uses = new LinkedHashMap<>();
  private final List<Gradients.Step> steps = new ArrayList<>();
  private boolean open;

  DeferredGradients(Torch torch) {
    this.torch = torch;
  }

  /**
   * @param inputs {@code [r, i]}
   * @param added to the outputs, {@code [r, o]}
   */
  private record Use(Tensor inputs, Tensor added) {}

  /** From here on until {@link #of}, layers are deferred. */
  void open() {
    close();
    open = true;
  }

  /** Whether gradients are taken by {@link #of}. */
  boolean isOpen() {
    return open;
  }

  /** Takes over a step whose gradient is computed by hand, and its output. */
  void byHand(Tensor input, Tensor output, UnaryOperator<Tensor> gradient) {
    steps.add(new Gradients.Step(input, output, gradient));
  }

  /** The weights as the pass is to compute with them. */
  Tensor constant(Tensor weight) {
    return open ? weight.detach() : weight;
  }

  /**
   * Outputs with what their gradient is known by; as they are where nothing is deferred.
   *
   * @param inputs what the weights were multiplied with, {@code [r, i]}
   * @param outputs computed with the weights as constants, {@code [r, o]}
   */
  Tensor added(Tensor weight, Supplier<Tensor> inputs, Tensor outputs) {
    if (!open) {
      return outputs;
    }
    Tensor zeros = torch.leaf(new float[outputs.size()], outputs.shape());
    uses.computeIfAbsent(weight, _ -> new ArrayList<>()).add(new Use(inputs.get(), zeros));
    return outputs.add(zeros);
  }

  /** The gradients of the leaves, in their order; closes. */
  List<Tensor> of(Tensor loss, List<Tensor> leaves) {
    List<Tensor> asked = new ArrayList<>();
    leaves.stream().filter(leaf -> !uses.containsKey(leaf)).forEach(asked::add);
    uses.values().forEach(each -> each.forEach(use -> asked.add(use.added())));
    List<Tensor> found = Gradients.of(loss, steps, asked);
    List<Tensor> gradients = new ArrayList<>();
    int at = leaves.size() - uses.size(); // behind the leaves that were asked for
    Map<Tensor, Tensor> products = new LinkedHashMap<>();
    for (Map.Entry<Tensor, List<Use>> each : uses.entrySet()) {
      int end = at + each.getValue().size();
      products.put(each.getKey(), product(found.subList(at, end), each.getValue()));
      at = end;
    }
    int next = 0;
    for (Tensor leaf : leaves) {
      Tensor product = products.get(leaf);
      gradients.add(product == null ? found.get(next++) : product);
    }
    close();
    return gradients;
  }

  /** The weights' gradient, {@code [o, i]}; of the open scope, like all gradients. */
  private static Tensor product(List<Tensor> ofOutputs, List<Use> of) {
    Tensor rows = Ops.concatenate(ofOutputs, 0); // [r, o]
    Tensor inputs =
        Ops.concatenate(of.stream().map(use -> use.inputs().detach()).toList(), 0); // [r, i]
    return rows.transpose(0, 1).matmul(inputs);
  }

  private void close() {
    uses.values().forEach(each -> each.forEach(use -> use.added().close()));
    uses.clear();
    steps.forEach(step -> step.output().close());
    steps.clear();
    open = false;
  }
}
