package dev.espalier.learning.indicator;

import dev.espalier.learning.network.MaskedNetwork;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.Supernet;
import java.nio.LongBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The number of linear regions that random samples fall into: different patterns of which ReLUs are
 * on. A lower bound of the regions that the network has, and never more than the samples.
 *
 * <p>The published program compares all samples with one another in half precision; a hash set of
 * whole patterns gives the same number, exactly, in linear time.
 */
final class LinearRegions {
  /**
   * Above this share of distinct samples, the count says more about the samples than the network.
   */
  private static final double SATURATION = 0.95;

  private LinearRegions() {}

  /**
   * @param regions different patterns
   * @param samples an upper bound of them
   */
  record Count(int regions, int samples) {
    /** Whether nearly every sample has a region of its own, so that counts cannot be compared. */
    boolean saturated() {
      return regions > SATURATION * samples;
    }
  }

  /**
   * Runs the network in train mode without gradients, batch by batch.
   *
   * @param samples {@code [n, channels, size, size]}, {@code n} a multiple of {@code batch}
   */
  static <S extends Supernet> Count count(
      Torch torch, MaskedNetwork<S> network, S active, Tensor samples, int batch) {
    int total = Math.toIntExact(samples.dimension(0));
    Set<LongBuffer> distinct = new HashSet<>();
    for (int from = 0; from < total; from += batch) {
      distinct.addAll(patterns(torch, network, active, samples, from, batch).patterns());
    }
    return new Count(distinct.size(), total);
  }

  /** The patterns of one batch. */
  static <S extends Supernet> ActivationPatterns patterns(
      Torch torch, MaskedNetwork<S> network, S active, Tensor samples, int from, int batch) {
    ActivationPatterns patterns = new ActivationPatterns(batch);
    try (Scope _ = torch.inference()) {
      Tensor images = samples.narrow(0, from, from + batch); // [batch, channels, size, size]
      network.forward(images, active, Phase.TRAIN, patterns::add);
    }
    return patterns;
  }
}
