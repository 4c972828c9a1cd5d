package dev.espalier.learning.space;

import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.IndicatorSettings;

/** The networks of a space whose architectures can be measured without training. */
public interface MeasuredNetworks extends SpaceNetworks {
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
