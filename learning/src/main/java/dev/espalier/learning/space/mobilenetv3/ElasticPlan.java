package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The names and shapes of all parameters of a network, named as the published programs of
 * Once-for-All name those of a network that was cut out of a supernet.
 *
 * @param classes outputs
 * @param imageChannels of the input
 */
record ElasticPlan(
    ElasticArchitecture architecture, ElasticNetwork network, int classes, int imageChannels) {
  static final String FIRST = "first_conv.conv.weight";
  static final String FIRST_NORM = "first_conv.bn";
  static final String EXPANDED = "final_expand_layer.conv.weight";
  static final String EXPANDED_NORM = "final_expand_layer.bn";
  static final String MIXED = "feature_mix_layer.conv.weight";
  static final String CLASSIFIER = "classifier.linear";

  ElasticPlan {
    if (classes < 1 || imageChannels < 1) {
      throw new InvalidInput(
          "a network needs at least 1 class and image channel, but got classes %d, image channels %d"
              .formatted(classes, imageChannels));
    }
  }

  /** The fixed block, then those of the architecture. */
  List<Place> places() {
    return network.places(architecture);
  }

  /**
   * What the names of a block's parameters begin with.
   *
   * @param block its place among {@link #places}
   */
  static String block(int block) {
    return "blocks." + block + ".mobile_inverted_conv."; // the same digits in all languages
  }

  /** Every parameter in the order of the forward pass. */
  List<ParameterSpecification> parameters() {
    Parameters parameters = new Parameters(new ArrayList<>());
    parameters.convolution("first_conv", network.stem(), imageChannels, 3);
    List<Place> places = places();
    for (int block = 0; block < places.size(); block++) {
      parameters.block(block(block), places.get(block));
    }
    parameters.convolution("final_expand_layer", network.expanded(), places.getLast().out(), 1);
    parameters.add(
        ParameterSpecification.convolution(MIXED, network.features(), network.expanded(), 1));
    parameters.add(
        ParameterSpecification.matrix(CLASSIFIER + ".weight", classes, network.features()));
    parameters.add(ParameterSpecification.bias(CLASSIFIER + ".bias", classes, network.features()));
    return parameters.list();
  }

  private record Parameters(List<ParameterSpecification> list) {
    void add(ParameterSpecification parameter) {
      list.add(parameter);
    }

    /** With batch norm behind it. */
    void convolution(String prefix, int out, int in, int kernel) {
      add(ParameterSpecification.convolution(prefix + ".conv.weight", out, in, kernel));
      add(ParameterSpecification.scale(prefix + ".bn.weight", out));
      add(ParameterSpecification.shift(prefix + ".bn.bias", out));
    }

    void block(String prefix, Place place) {
      if (place.expands()) {
        convolution(prefix + "inverted_bottleneck", place.inner(), place.in(), 1);
      }
      convolution(prefix + "depth_conv", place.inner(), 1, place.kernel());
      if (place.isGated()) {
        biased(prefix + "depth_conv.se.fc.reduce", place.gate(), place.inner());
        biased(prefix + "depth_conv.se.fc.expand", place.inner(), place.gate());
      }
      convolution(prefix + "point_linear", place.out(), place.inner(), 1);
    }

    private void biased(String prefix, int out, int in) {
      add(ParameterSpecification.convolution(prefix + ".weight", out, in, 1));
      add(ParameterSpecification.bias(prefix + ".bias", out, in));
    }
  }
}
