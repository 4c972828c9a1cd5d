package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.network.FeatureDropout;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork.Place;
import dev.espalier.search.space.mobilenetv3.ElasticStage.Activation;
import java.util.List;

/**
 * One run of a network (Howard et al., ICCV 2019, as Once-for-All builds it). Letters: {@code b}
 * batch, {@code c} channels into a block, {@code m} within it, {@code g} within its gate, {@code o}
 * out of it, {@code h, w} pixels into it, {@code s} its stride, {@code e} expanded channels, {@code
 * f} features.
 */
record ElasticForwardPass(ElasticPlan plan, Layers layers, FeatureDropout dropout) {

  /** Logits {@code [b, classes]}. */
  Tensor run(Tensor images) {
    Tensor x =
        activated(
            layers.convolve(
                Ops.channelsLast(images), ElasticPlan.FIRST, plan.network().firstStride()),
            ElasticPlan.FIRST_NORM,
            Activation.HARD_SWISH);
    List<Place> places = plan.places();
    for (int block = 0; block < places.size(); block++) {
      x = block(x, ElasticPlan.block(block), places.get(block)); // [b, c, h, w] -> [b, o, h/s, w/s]
    }
    Tensor expanded =
        activated(
            layers.convolve(x, ElasticPlan.EXPANDED, 1),
            ElasticPlan.EXPANDED_NORM,
            Activation.HARD_SWISH); // [b, e, h, w]
    Tensor mixed = mixed(Ops.globalAverage(expanded)); // [b, e] -> [b, f]
    return Ops.linear(
        dropout.apply(mixed, plan.network().dropout()),
        layers.parameter(ElasticPlan.CLASSIFIER + ".weight"),
        layers.parameter(ElasticPlan.CLASSIFIER + ".bias")); // -> [b, classes]
  }

  private Tensor block(Tensor x, String prefix, Place place) {
    Tensor inner =
        place.expands()
            ? activated(
                layers.convolve(x, prefix + "inverted_bottleneck.conv.weight", 1),
                prefix + "inverted_bottleneck.bn",
                place.activation())
            : x; // [b, m, h, w]
    Tensor filtered =
        activated(
            Ops.depthwiseConvolution(
                inner, layers.parameter(prefix + "depth_conv.conv.weight"), place.stride(), 1),
            prefix + "depth_conv.bn",
            place.activation()); // [b, m, h/s, w/s]
    Tensor weighed =
        place.isGated()
            ? filtered.multiply(gate(filtered, prefix + "depth_conv.se.fc."))
            : filtered;
    Tensor out =
        layers.normalize(
            layers.convolve(weighed, prefix + "point_linear.conv.weight", 1),
            prefix + "point_linear.bn"); // [b, o, h/s, w/s]
    return place.isResidual() ? layers.dropPath().apply(out).add(x) : out;
  }

  /** How much each channel counts: {@code [b, m, h, w] -> [b, m, 1, 1]}. */
  private Tensor gate(Tensor x, String prefix) {
    Tensor reduced =
        layers.observed(Ops.relu(pointwise(Ops.globalAverage(x), prefix + "reduce"))); // [b, g]
    Tensor weights = Ops.hardSigmoid(pointwise(reduced, prefix + "expand")); // [b, m]
    return weights.reshape(x.dimension(0), x.dimension(1), 1, 1);
  }

  private Tensor pointwise(Tensor x, String prefix) {
    Tensor weight = layers.parameter(prefix + ".weight"); // [o, c, 1, 1]
    return Ops.linear(
        x,
        weight.reshape(weight.dimension(0), weight.dimension(1)),
        layers.parameter(prefix + ".bias"));
  }

  /** {@code [b, e] -> [b, f]}. */
  private Tensor mixed(Tensor x) {
    Tensor weight = layers.parameter(ElasticPlan.MIXED); // [f, e, 1, 1]
    Tensor matrix = weight.reshape(weight.dimension(0), weight.dimension(1));
    return layers.observed(Ops.hardSwish(x.matmul(matrix.transpose(0, 1))));
  }

  private Tensor activated(Tensor x, String norm, Activation activation) {
    Tensor normalized = layers.normalize(x, norm);
    return layers.observed(
        switch (activation) {
          case RELU -> Ops.relu(normalized);
          case HARD_SWISH -> Ops.hardSwish(normalized);
        });
  }
}
