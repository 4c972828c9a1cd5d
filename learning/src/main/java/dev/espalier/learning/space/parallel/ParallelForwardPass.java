package dev.espalier.learning.space.parallel;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import java.util.List;

/**
 * One run of a network whose layers sum several operations (github.com/eric8607242,
 * NAS_with_GNN_predictor). Letters: {@code b} batch, {@code c} channels into a layer, {@code o} out
 * of it, {@code h, w} pixels into it, {@code s} its stride.
 */
record ParallelForwardPass(ParallelPlan plan, Layers layers) {

  Tensor run(Tensor images) {
    MacroShape shape = plan.shape();
    Tensor x =
        Ops.relu6(
            layers.normalize(
                layers.convolve(Ops.channelsLast(images), "stem.0.weight", 1), "stem.1"));
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      x = layer(x, layer); // [b, c, h, w] -> [b, o, h/s, w/s]
    }
    Tensor last = Ops.relu6(layers.normalize(layers.convolve(x, "tail.0.weight", 1), "tail.1"));
    return Ops.linear(
        Ops.globalAverage(last), // [b, c, h, w] -> [b, c]
        layers.parameter("classifier.weight"),
        layers.parameter("classifier.bias")); // -> [b, classes]
  }

  /** All operations but skips of stride 1 rectify their input: it is rectified once. */
  private Tensor layer(Tensor x, int layer) {
    Tensor rectified = Ops.relu(x);
    return plan.operations(layer).stream()
        .map(operation -> run(operation, x, rectified, layer))
        .reduce(Tensor::add)
        .orElseThrow();
  }

  private Tensor run(Operation operation, Tensor x, Tensor rectified, int layer) {
    String prefix = ParallelPlan.prefix(layer, operation);
    int stride = plan.shape().layers().get(layer).stride();
    return switch (operation) {
      case SKIP -> stride == 2 ? halved(rectified, prefix) : passed(x, prefix, layer);
      case SEPARABLE_3, SEPARABLE_5, SEPARABLE_7 -> {
        Tensor first = separable(rectified, prefix + ".first", stride, 1); // [b, c, h/s, w/s]
        Tensor second = separable(Ops.relu(first), prefix + ".second", 1, 1); // [b, o, h/s, w/s]
        yield layers.dropPath().apply(second);
      }
      case DILATED_3, DILATED_5 ->
          layers.dropPath().apply(separable(rectified, prefix, stride, operation.dilation()));
    };
  }

  /** Depthwise and pointwise convolution and batch norm of an input that is rectified already. */
  private Tensor separable(Tensor rectified, String prefix, int stride, int dilation) {
    Tensor filtered =
        Ops.depthwiseConvolution(
            rectified, layers.parameter(prefix + ".depthwise.weight"), stride, dilation);
    return layers.normalize(
        layers.convolve(filtered, prefix + ".pointwise.weight", 1), prefix + ".norm");
  }

  /** The identity, or a bare 1x1 convolution where the channels change. */
  private Tensor passed(Tensor x, String prefix, int layer) {
    boolean same = plan.shape().inputChannels(layer) == plan.shape().layers().get(layer).channels();
    return same ? x : layers.convolve(x, prefix + ".weight", 1);
  }

  /**
   * Half of the channels from the pixels of even row and column, half from those of odd row and
   * column, side by side. Beyond an odd height or width there are zeros.
   */
  private Tensor halved(Tensor rectified, String prefix) {
    Tensor even = layers.convolve(rectified, prefix + ".even.weight", 2); // [b, o/2, h/2, w/2]
    Tensor odd = layers.convolve(shifted(rectified), prefix + ".odd.weight", 2); // likewise
    return layers.normalize(Ops.concatenate(List.of(even, odd), 1), prefix + ".norm");
  }

  /** Without the first row and column. */
  private static Tensor shifted(Tensor x) {
    int height = (int) x.dimension(2);
    int width = (int) x.dimension(3);
    Tensor even = height % 2 + width % 2 == 0 ? x : Ops.padded(x, height % 2, width % 2);
    return even.narrow(2, 1, even.dimension(2)).narrow(3, 1, even.dimension(3));
  }
}
