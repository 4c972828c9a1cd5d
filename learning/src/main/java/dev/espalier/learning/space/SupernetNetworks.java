package dev.espalier.learning.space;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.IndicatorSettings;

/** The networks of a space whose supernets can be measured too, whole or pruned. */
public interface SupernetNetworks extends MeasuredNetworks {
  /**
   * Those of the space's supernets, whole or pruned.
   *
   * @param images prepared for the same settings
   * @param seed of the search
   */
  Indicators supernetIndicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, long seed);

  /** Those on the train images of a data set. */
  default Indicators supernetIndicators(
      Torch torch, ImageDataset dataset, IndicatorSettings settings, long seed) {
    return supernetIndicators(
        torch, IndicatorImages.of(dataset, settings.ntk(), settings.regions()), settings, seed);
  }
}
