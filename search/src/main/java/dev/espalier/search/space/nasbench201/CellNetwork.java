package dev.espalier.search.space.nasbench201;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;

/**
 * The network around a cell.
 *
 * @param channels of the first stage (C)
 * @param cells of each stage (N)
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record CellNetwork(int channels, int cells) implements NetworkSettings {
  public CellNetwork {
    Require.positive("channels", channels);
    Require.positive("cells", cells);
  }

  @Override
  public SearchSpace space() {
    return NasBench201.SPACE;
  }

  @Override
  public Cost cost(Architecture architecture, int imageSize, int classes) {
    return NetworkCost.of(
        (Cell) architecture, new NetworkShape(channels, cells, classes, imageSize, IMAGE_CHANNELS));
  }
}
