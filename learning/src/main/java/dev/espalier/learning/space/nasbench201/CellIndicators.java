package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.NetworkIndicators;
import dev.espalier.learning.indicator.RecentlyUsed;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores single cells, one value for each seed; all cells of a seed see the same images.
 *
 * <p>A cell's condition number is what a search with the same settings and seed would measure in
 * its first round and repeat: cells share weights, name by name, so that what stem, reduction
 * blocks and classifier contribute is the same for all. The thin network of the regions has no such
 * skeleton: its weights are drawn for each cell, so that no two cells err together.
 *
 * <p>One instance for a thread.
 */
public final class CellIndicators implements ArchitectureIndicators {
  private static final String ROOT = "score";

  /** Seeds: all cells of one are scored before the next comes. */
  private static final int KEPT = 2;

  private static final int UNPRUNED = -1;

  private final Torch torch;
  private final IndicatorImages images;
  private final IndicatorSettings settings;
  private final Measures measures;
  private final NetworkIndicators<Cell> network;
  private final RecentlyUsed<Long, SupernetIndicators> searches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, float[]> regionSamples = new RecentlyUsed<>(KEPT);

  /** Scores on the train images of a data set. */
  public CellIndicators(Torch torch, ImageDataset dataset, IndicatorSettings settings) {
    this(torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings);
  }

  /** Scores on these images, prepared for the same settings. */
  public CellIndicators(Torch torch, IndicatorImages images, IndicatorSettings settings) {
    this(torch, images, settings, ScoringSettings.DEFAULT);
  }

  /**
   * Scores on these images, prepared for the same settings.
   *
   * @param network of the indicators that have none of their own
   */
  public CellIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network) {
    this.torch = torch;
    this.images = images;
    this.settings = settings;
    this.measures = new Measures(torch, images, settings);
    NetworkPlan plan =
        NetworkPlan.whole(
            network.channels(), network.cells(), images.classes(), IndicatorImages.CHANNELS);
    this.network = new NetworkIndicators<>(torch, images, network, new CellNetworks(torch, plan));
  }

  @Override
  public @Nullable Double score(Architecture architecture, Indicator indicator, long seed) {
    Cell cell = (Cell) architecture;
    return torch.guarded(() ->
        switch (indicator) {
          case NTK -> condition(cell, seed);
          case REGIONS -> (double) regions(cell, seed);
          case PARAMETERS -> (double) NetworkCost.of(cell, NetworkShape.STANDARD).parameters();
          case MACS -> (double) NetworkCost.of(cell, NetworkShape.STANDARD).macs();
          case NASWOT, JACOV, SYNFLOW, SNIP, GRAD_NORM, L2_NORM, SWAP ->
              network.score(cell, indicator, seed);
        });
  }

  private @Nullable Double condition(Cell cell, long seed) {
    SupernetIndicators search =
        searches.get(seed, s -> new SupernetIndicators(torch, images, settings, s));
    return search
        .measure(new MeasurementRequest(0, 0, UNPRUNED, cell.mask(), true, false))
        .condition();
  }

  private int regions(Cell cell, long seed) {
    float[] samples =
        regionSamples.get(
            seed, key -> measures.regionSamples(RandomStream.of(key, ROOT, "region-images")));
    Map<String, float[]> parameters =
        measures.regionParameters(
            cell.mask(),
            initialization ->
                ParameterSource.drawn(
                    initialization, seed, ROOT, "region-weights", cell.canonical()));
    return measures.regions(parameters, cell.mask(), samples).regions();
  }

  @Override
  public void close() {
    network.close();
    searches.close();
    regionSamples.close();
  }
}
