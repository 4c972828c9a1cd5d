package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.NetworkIndicators;
import dev.espalier.learning.indicator.NetworkMeasures;
import dev.espalier.learning.indicator.ScoredNetworks;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.indicator.SeededMeasures;
import dev.espalier.learning.indicator.SeededMeasures.KernelDraws;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import org.jspecify.annotations.Nullable;

/**
 * Scores single networks of MobileNetV3; all of a seed see the same images, and parameters of the
 * same name and shape are the same. The settings' channels are those behind the first convolution,
 * whose stride is 1; there are as many blocks as the architecture has.
 *
 * <p>Patterns count the signs of what ReLU and h-swish give, which are those of what they are
 * given. There are no linear regions to count: h-swish bends.
 */
final class ElasticIndicators implements ArchitectureIndicators {

  private final Torch torch;
  private final SeededMeasures measures;
  private final int classes;
  private final ScoredNetworks<ElasticArchitecture> kernels;
  private final NetworkIndicators<ElasticArchitecture> network;

  /**
   * Scores on these images, prepared for the same settings.
   *
   * @param scored the network of the indicators that have none of their own
   */
  ElasticIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings scored) {
    this.torch = torch;
    this.measures =
        new SeededMeasures(new NetworkMeasures(torch, images, settings), KernelDraws.OF_SCORES);
    this.classes = images.classes();
    ElasticNetwork kernel = network(settings.ntk().channels());
    this.kernels = new ScoredElastic(torch, each -> plan(each, kernel));
    ElasticNetwork around = network(scored.channels());
    this.network =
        new NetworkIndicators<>(
            torch, images, scored, new ScoredElastic(torch, each -> plan(each, around)));
  }

  private static ElasticNetwork network(int channels) {
    double width = (double) channels / ElasticNetwork.STEM;
    return new ElasticNetwork(
        Math.clamp(width, ElasticNetwork.LEAST_WIDTH, ElasticNetwork.LARGEST_WIDTH), 1, 0);
  }

  private ElasticPlan plan(ElasticArchitecture architecture, ElasticNetwork around) {
    return new ElasticPlan(architecture, around, classes, IndicatorImages.CHANNELS);
  }

  @Override
  public @Nullable Double score(Architecture architecture, Indicator indicator, long seed) {
    ElasticArchitecture elastic = (ElasticArchitecture) architecture;
    return torch.guarded(() ->
        switch (indicator) {
          case NTK -> measures.condition(kernels, elastic, seed);
          case REGIONS -> null;
          case PARAMETERS -> (double) MobileNetV3.SPACE.standardCost(elastic).parameters();
          case MACS -> (double) MobileNetV3.SPACE.standardCost(elastic).macs();
          case NASWOT, JACOV, SYNFLOW, SNIP, GRAD_NORM, L2_NORM, SWAP ->
              network.score(elastic, indicator, seed);
        });
  }

  @Override
  public void close() {
    network.close();
    measures.close();
  }
}
