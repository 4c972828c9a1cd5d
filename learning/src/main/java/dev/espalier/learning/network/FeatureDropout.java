package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;

/**
 * What becomes of the features before a classifier while it is trained (Srivastava et al., JMLR
 * 2014): some are dropped, and the others grow, so that the mean stays.
 */
@FunctionalInterface
public interface FeatureDropout {
  /** All features stay as they are. */
  FeatureDropout NONE = (features, share) -> features;

  /**
   * The features as the classifier reads them.
   *
   * @param features {@code [b, f]}
   * @param share that is dropped, in [0, 1)
   * @return {@code [b, f]}
   */
  Tensor apply(Tensor features, double share);

  /**
   * Drops each feature of each image by itself.
   *
   * @param stream draws image by image, feature by feature
   */
  static FeatureDropout drawn(Torch torch, RandomStream stream) {
    return (features, share) -> {
      if (share == 0) {
        return features;
      }
      double keep = 1 - share;
      float kept = (float) (1 / keep);
      float[] factors = new float[features.size()];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = stream.nextDouble() < keep ? kept : 0;
      }
      return features.multiply(torch.tensor(factors, features.shape()));
    };
  }
}
