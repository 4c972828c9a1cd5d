package dev.espalier.learning.indicator;

import dev.espalier.learning.indicator.ScoredNetworks.ScoredNetwork;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's condition number and the linear regions of single architectures; all of a seed see
 * the same images, and the weights of the thin network of the regions are drawn for each. One
 * instance for a thread.
 */
public final class SeededMeasures implements AutoCloseable {
  private static final String ROOT = "score";
  private static final int KEPT = 4;

  private final NetworkMeasures measures;
  private final KernelDraws draws;
  private final RecentlyUsed<Long, Tensor> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, Tensor> regionSamples = new RecentlyUsed<>(KEPT);

  /** What the kernel is of. */
  public interface KernelDraws {
    /** Drawn for scores alone: parameters of the same name and shape are the same. */
    KernelDraws OF_SCORES =
        new KernelDraws() {
          @Override
          public RandomStream images(long seed) {
            return RandomStream.of(seed, ROOT, "ntk-images");
          }

          @Override
          public ParameterSource weights(Initialization initialization, long seed) {
            return ParameterSource.drawn(initialization, seed, ROOT, "ntk-weights");
          }
        };

    RandomStream images(long seed);

    ParameterSource weights(Initialization initialization, long seed);
  }

  public SeededMeasures(NetworkMeasures measures, KernelDraws draws) {
    this.measures = measures;
    this.draws = draws;
  }

  /** The condition number of the kernel of an architecture's network; null where it is singular. */
  public <A extends Architecture> @Nullable Double condition(
      ScoredNetworks<A> networks, A architecture, long seed) {
    Tensor batch = kernelBatches.get(seed, key -> measures.kernelBatch(draws.images(key)));
    ParameterSource weights = draws.weights(measures.kernelInitialization(), seed);
    try (ScoredNetwork measured =
        networks.build(
            architecture, weights, Precision.FLOAT32, parameter -> parameter.kind().isWeight())) {
      return measures
          .condition(() -> measured.forward(batch, Phase.TRAIN), measured.leaves(), () -> {})
          .value();
    }
  }

  /**
   * The linear regions that samples fall into.
   *
   * @param thin networks of the regions
   */
  public <A extends Architecture> int regions(ScoredNetworks<A> thin, A architecture, long seed) {
    Tensor samples =
        regionSamples.get(
            seed, key -> measures.regionSamples(RandomStream.of(key, ROOT, "region-images")));
    ParameterSource weights =
        ParameterSource.drawn(
            measures.regionInitialization(),
            seed,
            ROOT,
            "region-weights",
            architecture.canonical());
    try (ScoredNetwork network =
        thin.build(architecture, weights, Precision.FLOAT32, parameter -> false)) {
      return measures
          .regions(
              samples, (batch, activations) -> network.forward(batch, Phase.TRAIN, activations))
          .regions();
    }
  }

  @Override
  public void close() {
    kernelBatches.close();
    regionSamples.close();
  }
}
