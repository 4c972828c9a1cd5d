package dev.espalier.search.space.nasbench101;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The network around a cell: a stem (3x3 convolution, batch norm, ReLU), stacks of cells, the mean
 * over space and a linear layer. Before each stack but the first, height and width are halved by
 * max pooling, and the channels doubled by its first cell.
 *
 * @param channels behind the stem and in the first stack
 * @param cells of each stack
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record GraphCellNetwork(int channels, int stacks, int cells) implements NetworkSettings {
  /** The benchmark's own. */
  public static final GraphCellNetwork PUBLISHED = new GraphCellNetwork(128, 3, 3);

  public GraphCellNetwork {
    Require.positive("stacks", stacks);
    Require.positive("cells", cells);
    if (channels < GraphWidths.LEAST_CHANNELS) {
      throw new InvalidInput(
          "channels must be at least %d, since a cell may have so many vertices side by side, but was %d"
              .formatted(GraphWidths.LEAST_CHANNELS, channels));
    }
  }

  /**
   * A cell's place in the network.
   *
   * @param stack from 0
   * @param cell within its stack, from 0
   * @param in channels that come in
   * @param out channels that go out
   */
  public record Place(int stack, int cell, int in, int out) {
    /** Whether the image is halved before it. */
    public boolean isHalved() {
      return stack > 0 && cell == 0;
    }
  }

  /** All cells in order. */
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    int width = channels;
    for (int stack = 0; stack < stacks; stack++) {
      for (int cell = 0; cell < cells; cell++) {
        int in = width;
        width = channels << stack;
        places.add(new Place(stack, cell, in, width));
      }
    }
    return places;
  }

  /** Behind the last cell. */
  public int lastChannels() {
    return channels << (stacks - 1);
  }

  /** How often the image is halved, as a factor: it must be a multiple of it. */
  public int totalStride() {
    return 1 << (stacks - 1);
  }

  @Override
  public SearchSpace space() {
    return NasBench101.SPACE;
  }

  @Override
  public Cost cost(Architecture architecture, int imageSize, int classes) {
    return GraphCellCost.of((GraphCell) architecture, this, imageSize, classes);
  }
}
