package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.failure.InvalidInput;
import java.util.Optional;
import java.util.SequencedMap;

/** A network that a training can run: its leaves and running statistics by name. */
public interface TrainableNetwork extends AutoCloseable {
  /** Begins the names of what only a training needs; it is not kept with the trained weights. */
  String AUXILIARY = "auxiliary.";

  /**
   * @param images {@code [batch, channels, height, width]}
   * @return logits {@code [batch, classes]}
   */
  Tensor forward(Tensor images, Phase phase);

  /**
   * The same in the train phase, as a training wants it: with paths dropped, and with the auxiliary
   * head's logits where the network has one. A network that does neither answers plainly.
   *
   * @param images {@code [batch, channels, height, width]}
   * @throws InvalidInput if paths are to be dropped and the network cannot
   */
  default Outputs train(Tensor images, DropPath dropPath) {
    if (!dropPath.equals(DropPath.NONE)) {
      throw new InvalidInput(
          "this network cannot drop paths: set dropPath to 0, or use a network of cells");
    }
    return new Outputs(forward(images, Phase.TRAIN), Optional.empty());
  }

  /**
   * Likewise, and with features dropped before the classifier where the network drops any.
   *
   * @param images {@code [batch, channels, height, width]}
   * @throws InvalidInput if paths are to be dropped and the network cannot
   */
  default Outputs train(Tensor images, DropPath dropPath, FeatureDropout dropout) {
    return train(images, dropPath);
  }

  /** The leaves by name, in the order of the forward pass. */
  SequencedMap<String, Tensor> parameters();

  /** The running means and variances by name; training changes them in place. */
  SequencedMap<String, Tensor> buffers();

  @Override
  void close();
}
