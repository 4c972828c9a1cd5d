package dev.espalier.learning.space.darts;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.NetworkIndicators;
import dev.espalier.learning.indicator.NetworkMeasures;
import dev.espalier.learning.indicator.RecentlyUsed;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.indicator.Streams;
import dev.espalier.learning.indicator.Streams.ImageKey;
import dev.espalier.learning.indicator.Streams.WeightKey;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import org.jspecify.annotations.Nullable;

/**
 * Scores single genotypes; all of a seed see the same images.
 *
 * <p>As of {@link CellIndicators}: a genotype's condition number is what a search with the same
 * settings and seed would measure in its first round and repeat; the weights of the thin network of
 * the regions are drawn for each genotype. Genotypes that no supernet holds, with a node that reads
 * one state twice, are scored likewise.
 */
public final class GenotypeIndicators implements ArchitectureIndicators {
  private static final String ROOT = "score";
  private static final int KEPT = 4;
  private static final WeightKey FIRST_WEIGHTS = new WeightKey(0, 0);
  private static final ImageKey FIRST_IMAGES = new ImageKey(0, 0, -1);

  private final Torch torch;
  private final IndicatorSettings settings;
  private final NetworkMeasures measures;
  private final DartsPlans plans;
  private final NetworkIndicators<Genotype> network;
  private final RecentlyUsed<Long, Tensor> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, Tensor> regionSamples = new RecentlyUsed<>(KEPT);

  /**
   * Scores on these images, prepared for the same settings.
   *
   * @param network of the indicators that have none of their own
   */
  public GenotypeIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    this.torch = torch;
    this.settings = settings;
    this.measures = new NetworkMeasures(torch, images, settings);
    this.plans = new DartsPlans(images, settings);
    DartsShape shape =
        new DartsShape(
            DartsShape.Stem.CIFAR,
            network.channels(),
            network.cells(),
            images.classes(),
            network.imageSize(),
            IndicatorImages.CHANNELS);
    this.network =
        new NetworkIndicators<>(
            torch, images, network, new GenotypeNetworks(torch, DartsPlan.of(shape)));
  }

  @Override
  public @Nullable Double score(Architecture architecture, Indicator indicator, long seed) {
    Genotype genotype = (Genotype) architecture;
    return torch.guarded(() ->
        switch (indicator) {
          case NTK -> condition(genotype, seed);
          case REGIONS -> (double) regions(genotype, seed);
          case PARAMETERS -> (double) DartsCost.of(genotype, DartsShape.CIFAR).parameters();
          case MACS -> (double) DartsCost.of(genotype, DartsShape.CIFAR).macs();
          case NASWOT -> network.naswot(genotype, seed);
          case JACOV -> network.jacov(genotype, seed);
          case SYNFLOW -> network.synflow(genotype, seed);
          case SNIP -> network.snip(genotype, seed);
          case GRAD_NORM -> network.gradNorm(genotype, seed);
          case L2_NORM -> network.l2Norm(genotype, seed);
          case SWAP -> network.swap(genotype, seed);
        });
  }

  private @Nullable Double condition(Genotype genotype, long seed) {
    Streams search = Streams.of(seed, settings);
    Tensor batch =
        kernelBatches.get(
            seed, key -> measures.kernelBatch(search.images("ntk-images", FIRST_IMAGES)));
    try (DartsNetwork measured =
        new DartsNetwork(
            torch,
            plans.kernel(),
            genotype,
            search.weights(measures.kernelInitialization(), "ntk-weights", FIRST_WEIGHTS),
            Precision.FLOAT32,
            parameter -> parameter.kind().isWeight())) {
      return measures
          .condition(() -> measured.forward(batch, Phase.TRAIN), measured.leaves(), () -> {})
          .value();
    }
  }

  private int regions(Genotype genotype, long seed) {
    Tensor samples =
        regionSamples.get(
            seed, key -> measures.regionSamples(RandomStream.of(key, ROOT, "region-images")));
    ParameterSource weights =
        ParameterSource.drawn(
            measures.regionInitialization(), seed, ROOT, "region-weights", genotype.canonical());
    try (DartsNetwork thin =
        new DartsNetwork(
            torch, plans.regions(), genotype, weights, Precision.FLOAT32, parameter -> false)) {
      return measures
          .regions(samples, (batch, activations) -> thin.forward(batch, Phase.TRAIN, activations))
          .regions();
    }
  }

  @Override
  public void close() {
    network.close();
    kernelBatches.close();
    regionSamples.close();
  }
}
