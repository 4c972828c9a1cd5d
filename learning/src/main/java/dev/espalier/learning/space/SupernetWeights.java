package dev.espalier.learning.space;

import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;

/**
 * A trained supernet of a space, in whose weights are those of every network of the space. {@link
 * CutNetworks} reads it.
 */
public interface SupernetWeights {
  /** The network that its weights fit: its width, not what a training adds. */
  NetworkSettings network();

  /** The outputs of its classifier. */
  int classes();

  /** SHA-256 of its weights. */
  String digest();

  /**
   * The parameters and running statistics of a network.
   *
   * @throws dev.espalier.search.failure.InvalidInput if the supernet does not hold it
   */
  Safetensors cut(Architecture architecture);

  /**
   * What a training trains that begins with the weights cut out; the classifier begins fresh where
   * the data have another number of classes.
   *
   * @param network of the width of the supernet
   * @throws dev.espalier.search.failure.InvalidInput if the weights fit another network
   */
  Trainee trainee(NetworkSettings network, Architecture architecture);
}
