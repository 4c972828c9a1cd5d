package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.NetworkIndicators;
import dev.espalier.learning.indicator.NetworkMeasures;
import dev.espalier.learning.indicator.RecentlyUsed;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
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
  private static final String ROOT = "score";
  private static final int KEPT = 4;
  private static final int STACKS = 3;

  private final Torch torch;
  private final NetworkMeasures measures;
  private final int classes;
  private final GraphCellNetwork kernelNetwork;
  private final int regionChannels;
  private final NetworkIndicators<GraphCell> network;
  private final RecentlyUsed<Long, Tensor> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, Tensor> regionSamples = new RecentlyUsed<>(KEPT);

  /**
   * Scores on these images, prepared for the same settings.
   *
   * @param scored the network of the indicators that have none of their own
   */
  GraphCellIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings scored) {
    this.torch = torch;
    this.measures = new NetworkMeasures(torch, images, settings);
    this.classes = images.classes();
    this.kernelNetwork = network(settings.ntk().channels(), settings.ntk().cells());
    this.regionChannels = settings.regions().channels();
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
          case NTK -> condition(cell, seed);
          case REGIONS -> (double) regions(cell, seed);
          case PARAMETERS -> (double) NasBench101.SPACE.standardCost(cell).parameters();
          case MACS -> (double) NasBench101.SPACE.standardCost(cell).macs();
          case NASWOT -> network.naswot(cell, seed);
          case JACOV -> network.jacov(cell, seed);
          case SYNFLOW -> network.synflow(cell, seed);
          case SNIP -> network.snip(cell, seed);
          case GRAD_NORM -> network.gradNorm(cell, seed);
          case L2_NORM -> network.l2Norm(cell, seed);
          case SWAP -> network.swap(cell, seed);
        });
  }

  private @Nullable Double condition(GraphCell cell, long seed) {
    Tensor batch =
        kernelBatches.get(
            seed, key -> measures.kernelBatch(RandomStream.of(key, ROOT, "ntk-images")));
    ParameterSource weights =
        ParameterSource.drawn(measures.kernelInitialization(), seed, ROOT, "ntk-weights");
    try (ModuleNetwork measured =
        new ModuleNetwork(
            torch,
            whole(cell, kernelNetwork),
            weights,
            Precision.FLOAT32,
            parameter -> parameter.kind().isWeight())) {
      return measures
          .condition(() -> measured.forward(batch, Phase.TRAIN), measured.leaves(), () -> {})
          .value();
    }
  }

  private int regions(GraphCell cell, long seed) {
    Tensor samples =
        regionSamples.get(
            seed, key -> measures.regionSamples(RandomStream.of(key, ROOT, "region-images")));
    ParameterSource weights =
        ParameterSource.drawn(
            measures.regionInitialization(), seed, ROOT, "region-weights", cell.canonical());
    try (ModuleNetwork thin =
        new ModuleNetwork(
            torch,
            GraphCellPlan.thin(cell, regionChannels),
            weights,
            Precision.FLOAT32,
            parameter -> false)) {
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
