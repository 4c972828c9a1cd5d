package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.Supernet;
import java.util.List;
import java.util.function.Consumer;

/**
 * A supernet's network, which can run with any part of its operators.
 *
 * @param <S> the state of the supernet, which says what is active
 */
public interface MaskedNetwork<S extends Supernet> extends AutoCloseable {
  /**
   * Runs the network with some of its operators.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param activations is given the outputs of the ReLUs that run
   * @return logits {@code [batch, classes]}; for a thin network its last activation
   */
  Tensor forward(Tensor images, S active, Phase phase, Consumer<Tensor> activations);

  /**
   * The same logits in train mode, arranged so that many backward passes over the graph are cheap.
   * Running statistics may stay as they are.
   */
  Tensor forwardMerged(Tensor images, S active);

  /** The parameters that carry gradients when only these operators are active, in order. */
  List<Tensor> leaves(S active);

  @Override
  void close();
}
