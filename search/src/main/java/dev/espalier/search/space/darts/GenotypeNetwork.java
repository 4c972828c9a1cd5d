package dev.espalier.search.space.darts;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;

/**
 * The network around a genotype's cells.
 *
 * @param skeleton what stands before the cells: {@code cifar} or {@code imagenet}
 * @param channels of every node of the first cell (C)
 * @param cells of the whole network
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record GenotypeNetwork(String skeleton, int channels, int cells) implements NetworkSettings {
  public GenotypeNetwork {
    Require.oneOf("skeleton", skeleton, "cifar", "imagenet");
    Require.positive("channels", channels);
    Require.positive("cells", cells);
  }

  @Override
  public SearchSpace space() {
    return DartsSpace.SPACE;
  }

  @Override
  public Cost cost(Architecture architecture, int imageSize, int classes) {
    return DartsCost.of(
        (Genotype) architecture,
        new DartsShape(stem(), channels, cells, classes, imageSize, IMAGE_CHANNELS));
  }

  public DartsShape.Stem stem() {
    return skeleton.equals("imagenet") ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR;
  }
}
