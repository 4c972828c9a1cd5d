package dev.espalier.search.space.nasbench101;

import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;

/**
 * What a cell's network costs: trainable parameters, which are the benchmark's own numbers, and
 * multiply-accumulates of one image through the convolutions and the linear layer (its bias counted
 * as one for each output).
 */
final class GraphCellCost {
  private GraphCellCost() {}

  /**
   * @param imageSize height and width in pixels
   */
  static Cost of(GraphCell cell, GraphCellNetwork network, int imageSize, int classes) {
    int size = imageSize;
    Cost total = convolution(3, NetworkSettings.IMAGE_CHANNELS, network.channels(), size);
    for (GraphCellNetwork.Place place : network.places()) {
      size = place.isHalved() ? size / 2 : size;
      total = total.plus(cell(cell, place, size));
    }
    return total.plus(linear(network.lastChannels(), classes));
  }

  private static Cost cell(GraphCell cell, GraphCellNetwork.Place place, int size) {
    GraphWidths widths = new GraphWidths(cell, place.in(), place.out());
    Cost total = Cost.NOTHING;
    for (int vertex = 1; vertex < cell.vertices(); vertex++) {
      int width = widths.of(vertex);
      if (cell.hasEdge(0, vertex)) {
        total = total.plus(convolution(1, place.in(), width, size));
      }
      if (vertex < cell.output() && cell.operation(vertex).isConvolution()) {
        int kernel = cell.operation(vertex).convolutionSize();
        total = total.plus(convolution(kernel, width, width, size));
      }
    }
    return total;
  }

  /** Without bias, with batch norm behind it; {@code size} is the height and width. */
  private static Cost convolution(int kernel, int in, int out, int size) {
    long weights = (long) kernel * kernel * in * out;
    return new Cost(weights * size * size, weights + 2L * out);
  }

  private static Cost linear(int in, int out) {
    long weights = (long) in * out + out;
    return new Cost(weights, weights);
  }
}
