package dev.espalier.learning.space;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.IndicatorSettings;

/** The networks of a space whose supernets and architectures can be measured without training. */
public interface MeasuredNetworks extends SpaceNetworks {
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

  /**
   * Those of single architectures.
   *
   * @param images prepared for the same settings
   * @param network of the indicators that have none of their own
   */
  ArchitectureIndicators indicators(
      Torch torch, IndicatorImages images, IndicatorSettings settings, ScoringSettings network);

  /** The network of those indicators where none is given. */
  ScoringSettings scoredNetwork();
}
