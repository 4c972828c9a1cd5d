package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;

/**
 * What a vertex sends along its edges: {@code sigmoid(gate [state, place]) * mapper [state,
 * place]}, the place one-hot. It does not depend on who gets it, so a vertex computes it once.
 */
final class Messages {
  private final Torch torch;
  private final Tensor weight;
  private final Tensor gateBias;
  private final long hidden;

  Messages(Leaves leaves, String name, String gate, String mapper) {
    this.torch = leaves.torch();
    this.weight = leaves.stacked(name + ".weight", gate + ".0.weight", mapper + ".0.weight");
    this.gateBias = leaves.leaf(gate + ".0.bias");
    this.hidden = gateBias.dimension(0);
  }

  /** The layers of one pass. */
  Pass pass() {
    Tensor noBias = torch.full(0, gateBias.precision(), hidden);
    List<Tensor> parts = Ops.split(weight, 1, hidden, weight.dimension(1) - hidden);
    return new Pass(
        parts.getFirst(), // [2 h, h]
        parts
            .getLast()
            .transpose(0, 1)
            .add(Ops.concatenate(List.of(gateBias, noBias), 0))); // [n, 2 h]
  }

  /**
   * @param ofState {@code [2 h, h]}
   * @param ofPlaces with the biases, {@code [n, 2 h]}
   */
  record Pass(Tensor ofState, Tensor ofPlaces) {
    /**
     * @param states of one vertex in some graphs, {@code [r, h]}
     * @return {@code [r, h]}
     */
    Tensor from(int vertex, Tensor states) {
      long hidden = ofState.dimension(1);
      Tensor both =
          Ops.linear(
              states,
              ofState,
              ofPlaces.narrow(0, vertex, vertex + 1).reshape(2 * hidden)); // [r, 2 h]
      List<Tensor> parts = Ops.split(both, 1, hidden, hidden);
      return parts.getFirst().sigmoid().multiply(parts.getLast());
    }
  }
}
