package dev.espalier.learning.space.darts;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.NetworkIndicators;
import dev.espalier.learning.indicator.NetworkMeasures;
import dev.espalier.learning.indicator.ScoredNetworks;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.indicator.SeededMeasures;
import dev.espalier.learning.indicator.SeededMeasures.KernelDraws;
import dev.espalier.learning.indicator.Streams;
import dev.espalier.learning.indicator.Streams.ImageKey;
import dev.espalier.learning.indicator.Streams.WeightKey;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.space.nasbench201.CellIndicators;
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
  private static final WeightKey FIRST_WEIGHTS = new WeightKey(0, 0);
  private static final ImageKey FIRST_IMAGES = new ImageKey(0, 0, -1);

  private final Torch torch;
  private final SeededMeasures measures;
  private final ScoredNetworks<Genotype> kernels;
  private final ScoredNetworks<Genotype> thin;
  private final NetworkIndicators<Genotype> network;

  /**
   * Scores on these images, prepared for the same settings.
   *
   * @param network of the indicators that have none of their own
   */
  public GenotypeIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    this.torch = torch;
    this.measures =
        new SeededMeasures(new NetworkMeasures(torch, images, settings), ofSearch(settings));
    DartsPlans plans = new DartsPlans(images, settings);
    this.kernels = new GenotypeNetworks(torch, plans.kernel());
    this.thin = new GenotypeNetworks(torch, plans.regions());
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

  /** As a search draws in its first round and repeat. */
  private static KernelDraws ofSearch(IndicatorSettings settings) {
    return new KernelDraws() {
      @Override
      public RandomStream images(long seed) {
        return Streams.of(seed, settings).images("ntk-images", FIRST_IMAGES);
      }

      @Override
      public ParameterSource weights(Initialization initialization, long seed) {
        return Streams.of(seed, settings).weights(initialization, "ntk-weights", FIRST_WEIGHTS);
      }
    };
  }

  @Override
  public @Nullable Double score(Architecture architecture, Indicator indicator, long seed) {
    Genotype genotype = (Genotype) architecture;
    return torch.guarded(() ->
        switch (indicator) {
          case NTK -> measures.condition(kernels, genotype, seed);
          case REGIONS -> (double) measures.regions(thin, genotype, seed);
          case PARAMETERS -> (double) DartsCost.of(genotype, DartsShape.CIFAR).parameters();
          case MACS -> (double) DartsCost.of(genotype, DartsShape.CIFAR).macs();
          case NASWOT, JACOV, SYNFLOW, SNIP, GRAD_NORM, L2_NORM, SWAP ->
              network.score(genotype, indicator, seed);
        });
  }

  @Override
  public void close() {
    network.close();
    measures.close();
  }
}
