package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Tensor;
import java.util.SequencedMap;

/** A network that a training can run: its leaves and running statistics by name. */
public interface TrainableNetwork extends AutoCloseable {
  /**
   * @param images {@code [batch, channels, height, width]}
   * @return logits {@code [batch, classes]}
   */
  Tensor forward(Tensor images, Phase phase);

  /** The leaves by name, in the order of the forward pass. */
  SequencedMap<String, Tensor> parameters();

  /** The running means and variances by name; training changes them in place. */
  SequencedMap<String, Tensor> buffers();

  @Override
  void close();
}
