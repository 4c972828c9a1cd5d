package dev.espalier.learning.space.nasbench101;

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
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import dev.espalier.search.space.nasbench101.GraphWidths;
import dev.espalier.search.space.nasbench101.NasBench101;
import org.jspecify.annotations.Nullable;

/**
 * Scores single NAS-Bench-101 cells; all of a seed see the same images, and parameters of the same
 * name and shape are the same, but in the thin network of the regions, whose weights are drawn for
 * each cell.
 *
 * <p>The kernel is that of a network of three stacks. With fewer channels than {@link
 * GraphWidths#LEAST_CHANNELS} some cells would have vertices without any, so it has at least those.
 */
final class GraphCellIndicators implements ArchitectureIndicators {
  private static final int STACKS = 3;

  private final Torch torch;
  private final SeededMeasures measures;
  private final int classes;
  private final ScoredNetworks<GraphCell> kernels;
  private final ScoredNetworks<GraphCell> thin;
  private final NetworkIndicators<GraphCell> network;

  /**
   * Scores on these images, prepared for the same settings.
   *
   * @param scored the network of the indicators that have none of their own
   */
  GraphCellIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings scored) {
    this.torch = torch;
    this.measures =
        new SeededMeasures(new NetworkMeasures(torch, images, settings), KernelDraws.OF_SCORES);
    this.classes = images.classes();
    GraphCellNetwork kernel = network(settings.ntk().channels(), settings.ntk().cells());
    this.kernels = new ScoredGraphCells(torch, cell -> whole(cell, kernel));
    int thinChannels = settings.regions().channels();
    this.thin = new ScoredGraphCells(torch, cell -> GraphCellPlan.thin(cell, thinChannels));
    GraphCellNetwork around = network(scored.channels(), scored.cells());
    this.network =
        new NetworkIndicators<>(
            torch, images, scored, new ScoredGraphCells(torch, cell -> whole(cell, around)));
  }

  private static GraphCellNetwork network(int channels, int cells) {
    return new GraphCellNetwork(Math.max(GraphWidths.LEAST_CHANNELS, channels), STACKS, cells);
  }

  private GraphCellPlan whole(GraphCell cell, GraphCellNetwork around) {
    return GraphCellPlan.whole(cell, around, classes, IndicatorImages.CHANNELS);
  }

  @Override
  public @Nullable Double score(Architecture architecture, Indicator indicator, long seed) {
    GraphCell cell = (GraphCell) architecture;
    return torch.guarded(() ->
        switch (indicator) {
          case NTK -> measures.condition(kernels, cell, seed);
          case REGIONS -> (double) measures.regions(thin, cell, seed);
          case PARAMETERS -> (double) NasBench101.SPACE.standardCost(cell).parameters();
          case MACS -> (double) NasBench101.SPACE.standardCost(cell).macs();
          case NASWOT, JACOV, SYNFLOW, SNIP, GRAD_NORM, L2_NORM, SWAP ->
              network.score(cell, indicator, seed);
        });
  }

  @Override
  public void close() {
    network.close();
    measures.close();
  }
}
