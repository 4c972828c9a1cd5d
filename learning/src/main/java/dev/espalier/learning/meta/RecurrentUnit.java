package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next state of a vertex from its type and what reaches it: a GRU as PyTorch defines it, with
 * the gates in the order reset, update, new. Since the input is one of few types, its product is a
 * row of the weights.
 *
 * <p>Letters: {@code r} rows, {@code h} hidden, {@code t} types.
 */
final class RecurrentUnit {
  private final Tensor ofTypes;
  private final Tensor typesBias;
  private final DeferredGradients deferred;
  private final Linear ofHidden;
  private final long hidden;

  RecurrentUnit(Leaves leaves, String name) {
    this.deferred = leaves.deferred();
    this.ofTypes = leaves.leaf(name + ".weight_ih"); // [3 h, t]
    this.typesBias = leaves.leaf(name + ".bias_ih");
    this.ofHidden = new Linear(leaves.leaf(name + ".weight_hh"), leaves.leaf(name + ".bias_hh"));
    this.hidden = ofHidden.weight().dimension(1);
  }

  /** What each type says, {@code [t, 3 h]}: once in a pass. */
  Tensor inputs() {
    return ofTypes.transpose(0, 1).add(typesBias);
  }

  /**
   * @param input rows of {@link #inputs}, {@code [r, 3 h]}
   * @param reached the sum of messages, {@code [r, h]}; null for none
   * @return {@code [r, h]}
   */
  Tensor next(Tensor input, @Nullable Tensor reached) {
    Tensor other =
        reached == null
            ? ofHidden.bias().reshape(1, 3 * hidden)
            : deferred.added(
                ofHidden.weight(),
                () -> reached,
                Ops.linear(
                    reached, deferred.constant(ofHidden.weight()), ofHidden.bias())); // [r, 3 h]
    List<Tensor> own = Ops.split(input, 1, 2 * hidden, hidden);
    List<Tensor> others = Ops.split(other, 1, 2 * hidden, hidden);
    Tensor gates = own.getFirst().add(others.getFirst()).sigmoid(); // [r, 2 h]
    List<Tensor> parts = Ops.split(gates, 1, hidden, hidden);
    Tensor update = parts.getLast();
    Tensor fresh = own.getLast().add(parts.getFirst().multiply(others.getLast())).tanh(); // [r, h]
    return reached == null
        ? fresh.subtract(update.multiply(fresh))
        : fresh.add(update.multiply(reached.subtract(fresh)));
  }
}
