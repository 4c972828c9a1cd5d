package dev.espalier.learning.indicator;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.specification.SearchSettings;
import org.jspecify.annotations.Nullable;

/**
 * Scores single cells, one value for each seed: all cells of a seed see the same images; weights
 * are drawn anew for each cell and seed, so that no two cells err together. One instance for a
 * thread.
 */
public final class CellIndicators implements AutoCloseable {
  private static final String ROOT = "score";
  private static final int KEPT = 16;

  private final Torch torch;
  private final Measures measures;
  private final RecentlyUsed<Long, Tensor> kernelBatches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, Tensor> regionSamples = new RecentlyUsed<>(KEPT);

  /** Scores on the train images of a data set. */
  public CellIndicators(Torch torch, ImageDataset dataset, SearchSettings settings) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings);
  }

  /** Scores on these images, prepared for the same settings. */
  public CellIndicators(Torch torch, IndicatorImages images, SearchSettings settings) {
    this.torch = torch;
    this.measures = new Measures(torch, images, settings);
  }

  /** The indicator of a cell, or null where its kernel is singular. */
  public @Nullable Double score(Cell cell, Indicator indicator, long seed) {
    return torch.guarded(() ->
        switch (indicator) {
          case NTK -> condition(cell, seed);
          case REGIONS -> (double) regions(cell, seed);
        });
  }

  private @Nullable Double condition(Cell cell, long seed) {
    Tensor batch =
        kernelBatches.get(
            seed, key -> measures.kernelBatch(RandomStream.of(key, ROOT, "ntk-images")));
    try (Network network =
        measures.kernelNetwork(
            cell.mask(),
            initialization ->
                ParameterSource.drawn(
                    initialization, seed, ROOT, "ntk-weights", cell.canonical()))) {
      return measures.condition(network, cell.mask(), batch, () -> {}).value();
    }
  }

  private int regions(Cell cell, long seed) {
    Tensor samples =
        regionSamples.get(
            seed, key -> measures.regionSamples(RandomStream.of(key, ROOT, "region-images")));
    try (Network network =
        measures.regionNetwork(
            cell.mask(),
            initialization ->
                ParameterSource.drawn(
                    initialization, seed, ROOT, "region-weights", cell.canonical()))) {
      return measures.regions(network, cell.mask(), samples).regions();
    }
  }

  @Override
  public void close() {
    kernelBatches.close();
    regionSamples.close();
  }
}
