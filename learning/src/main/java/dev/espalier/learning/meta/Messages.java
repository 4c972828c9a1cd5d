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
  private final DeferredGradients deferred;
  private final Tensor weight;
  private final Tensor gateBias;
  private final long hidden;

  Messages(Leaves leaves, String name, String gate, String mapper) {
    this.torch = leaves.torch();
    this.deferred = leaves.deferred();
    this.weight = leaves.stacked(name + ".weight", gate + ".0.weight", mapper + ".0.weight");
    this.gateBias = leaves.leaf(gate + ".0.bias");
    this.hidden = gateBias.dimension(0);
  }

  /** The layers of one pass. */
  Pass pass() {
    Tensor noBias = torch.full(0, gateBias.precision(), hidden);
    List<Tensor> parts =
        Ops.split(deferred.constant(weight), 1, hidden, weight.dimension(1) - hidden);
    return new Pass(
        parts.getFirst(), // [2 h, h]
        parts
            .getLast()
            .transpose(0, 1)
            .add(Ops.concatenate(List.of(gateBias, noBias), 0))); // [n, 2 h]
  }

  /** What vertices send, in one pass. */
  final class Pass {
    private final Tensor ofState; // [2 h, h]
    private final Tensor ofPlaces; // with the biases, [n, 2 h]

    private Pass(Tensor ofState, Tensor ofPlaces) {
      this.ofState = ofState;
      this.ofPlaces = ofPlaces;
    }

    /**
     * @param states of one vertex in some graphs, {@code [r, h]}
     * @return {@code [r, h]}
     */
    Tensor from(int vertex, Tensor states) {
      Tensor outputs =
          Ops.linear(
              states,
              ofState,
              ofPlaces.narrow(0, vertex, vertex + 1).reshape(2 * hidden)); // [r, 2 h]
      Tensor both = deferred.added(weight, () -> inputs(vertex, states), outputs);
      List<Tensor> parts = Ops.split(both, 1, hidden, hidden);
      return parts.getFirst().sigmoid().multiply(parts.getLast());
    }
  }

  /** States and places, {@code [r, h + n]}. */
  private Tensor inputs(int vertex, Tensor states) {
    int rows = (int) states.dimension(0);
    int places = (int) (weight.dimension(1) - hidden);
    float[] marks = new float[rows * places];
    for (int row = 0; row < rows; row++) {
      marks[row * places + vertex] = 1;
    }
    return Ops.concatenate(List.of(states, torch.tensor(marks, rows, places)), 1);
  }
}
