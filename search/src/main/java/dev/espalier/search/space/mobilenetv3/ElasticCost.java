package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;

/**
 * What a network costs: trainable parameters, and multiply-accumulates of one image through all
 * convolutions (those of the gates too) and the linear layer, biases not counted: as Once-for-All
 * counts them.
 */
final class ElasticCost {
  private ElasticCost() {}

  /**
   * @param imageSize height and width in pixels
   */
  static Cost of(
      ElasticArchitecture architecture, ElasticNetwork network, int imageSize, int classes) {
    int size = Math.ceilDiv(imageSize, network.firstStride());
    Cost total =
        convolution(3, NetworkSettings.IMAGE_CHANNELS, network.stem(), size)
            .plus(norm(network.stem()));
    int last = network.stem();
    for (ElasticNetwork.Place place : network.places(architecture)) {
      total = total.plus(block(place, size));
      size = Math.ceilDiv(size, place.stride());
      last = place.out();
    }
    return total
        .plus(convolution(1, last, network.expanded(), size))
        .plus(norm(network.expanded()))
        .plus(convolution(1, network.expanded(), network.features(), 1))
        .plus(biased(network.features(), classes));
  }

  /**
   * @param size of what comes in
   */
  private static Cost block(ElasticNetwork.Place place, int size) {
    int inner = place.inner();
    int behind = Math.ceilDiv(size, place.stride());
    Cost total =
        place.expands() ? convolution(1, place.in(), inner, size).plus(norm(inner)) : Cost.NOTHING;
    total = total.plus(convolution(place.kernel(), 1, inner, behind)).plus(norm(inner));
    if (place.isGated()) {
      total = total.plus(biased(inner, place.gate())).plus(biased(place.gate(), inner));
    }
    return total.plus(convolution(1, inner, place.out(), behind)).plus(norm(place.out()));
  }

  /** Without bias; {@code size} is the height and width of its output. */
  private static Cost convolution(int kernel, int in, int out, int size) {
    long weights = (long) kernel * kernel * in * out;
    return new Cost(weights * size * size, weights);
  }

  private static Cost norm(int channels) {
    return new Cost(0, 2L * channels);
  }

  private static Cost biased(int in, int out) {
    long weights = (long) in * out;
    return new Cost(weights, weights + out);
  }
}
