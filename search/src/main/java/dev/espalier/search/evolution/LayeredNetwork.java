package dev.espalier.search.evolution;

import dev.espalier.search.space.NetworkSettings;

/** The settings of networks whose architectures are layers of bits, as evolution takes them. */
public interface LayeredNetwork extends NetworkSettings {
  /**
   * The architectures that such a network can hold as bits, with MACs and parameters.
   *
   * @param imageSize height and width in pixels
   * @param more other costs, of the same layers and choices
   * @throws dev.espalier.search.failure.InvalidInput where a cost is of other layers or choices
   */
  BitSpace bits(int imageSize, int classes, CostTable... more);
}
