package dev.espalier.learning.indicator;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.specification.SearchSettings;
import org.jspecify.annotations.Nullable;

/**
 * Scores single cells, one value for each seed. A cell is the supernet's last state, so the numbers
 * are those that a search with the same settings and seed would measure at its first repeat: all
 * cells of a seed share images and, operator by operator, weights. One instance for a thread.
 */
public final class CellIndicators implements AutoCloseable {
  private static final int SEEDS_KEPT = 16;
  private static final int ROUND = 0;
  private static final int REPEAT = 0;
  private static final int UNPRUNED = -1;

  private final Torch torch;
  private final IndicatorImages images;
  private final SearchSettings settings;
  private final RecentlyUsed<Long, SupernetIndicators> bySeed = new RecentlyUsed<>(SEEDS_KEPT);

  /** Scores on the train images of a data set. */
  public CellIndicators(Torch torch, ImageDataset dataset, SearchSettings settings) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings);
  }

  /** Scores on these images, prepared for the same settings. */
  public CellIndicators(Torch torch, IndicatorImages images, SearchSettings settings) {
    this.torch = torch;
    this.images = images;
    this.settings = settings;
  }

  /** The indicator of a cell, or null where its kernel is singular. */
  public @Nullable Double score(Cell cell, Indicator indicator, long seed) {
    SupernetIndicators measuring =
        bySeed.get(seed, s -> new SupernetIndicators(torch, images, settings, s));
    Measurement measurement =
        measuring.measure(
            new MeasurementRequest(
                ROUND,
                REPEAT,
                UNPRUNED,
                cell.mask(),
                indicator == Indicator.NTK,
                indicator == Indicator.REGIONS));
    return switch (indicator) {
      case NTK -> measurement.condition();
      case REGIONS -> measurement.regions();
    };
  }

  @Override
  public void close() {
    bySeed.close();
  }
}
