package dev.espalier.learning.indicator;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.Architecture;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The networks of a space's architectures, as {@link NetworkIndicators} takes passes and gradients
 * of them.
 *
 * @param <A> the architectures
 */
public interface ScoredNetworks<A extends Architecture> {
  /** The parameters of an architecture's network, in the order of the forward pass. */
  List<ParameterSpecification> parameters(A architecture);

  /** Whether the output of its network depends on the input. */
  boolean passes(A architecture);

  /**
   * Builds the network of an architecture.
   *
   * @param leaf the parameters that gradients will be taken for
   */
  ScoredNetwork build(
      A architecture,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf);

  /** A network with its tensors. */
  interface ScoredNetwork extends AutoCloseable {
    /**
     * @param images {@code [batch, channels, height, width]}
     * @param activations is given the outputs of the ReLUs that run
     * @return logits {@code [batch, classes]}
     */
    Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations);

    /**
     * @param images {@code [batch, channels, height, width]}
     * @return logits {@code [batch, classes]}
     */
    default Tensor forward(Tensor images, Phase phase) {
      return forward(images, phase, activation -> {});
    }

    /** The parameters that carry gradients, in order. */
    List<Tensor> leaves();

    @Override
    void close();
  }
}
