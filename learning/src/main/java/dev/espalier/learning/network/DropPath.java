package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;

/**
 * What becomes of the paths of a cell while it is trained (Larsson, Maire and Shakhnarovich 2017,
 * as in DARTS): some images lose a path, and the others get more of it, so that the mean stays.
 * Identities are not dropped. A network calls it for its paths in a fixed order.
 */
@FunctionalInterface
public interface DropPath {
  /** All paths stay as they are. */
  DropPath NONE = path -> path;

  /**
   * The path as it is added to its node.
   *
   * @param path {@code [b, c, h, w]}
   * @return {@code [b, c, h, w]}
   */
  Tensor apply(Tensor path);

  /**
   * Drops each image's path by itself.
   *
   * @param probability of being dropped, in [0, 1)
   * @param stream draws for each path, image by image
   */
  static DropPath drawn(Torch torch, double probability, RandomStream stream) {
    if (probability == 0) {
      return NONE;
    }
    double keep = 1 - probability;
    float kept = (float) (1 / keep);
    return path -> {
      int images = (int) path.dimension(0);
      float[] factors = new float[images];
      for (int i = 0; i < images; i++) {
        factors[i] = stream.nextDouble() < keep ? kept : 0;
      }
      return path.multiply(torch.tensor(factors, images, 1, 1, 1));
    };
  }
}
