package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.darts.DartsOperator;
import java.util.List;

/**
 * The layers that DARTS cells are made of. Letters: {@code b} batch, {@code c} input channels,
 * {@code o} output channels, {@code h, w} pixels, {@code s} stride.
 */
record DartsLayers(Layers layers) {
  /** A 1x1 convolution and batch norm: {@code [b, c, h, w] -> [b, o, h, w]}. */
  Tensor convolution(Tensor rectified, String prefix) {
    return layers.convolveNormalize(rectified, prefix, 1);
  }

  /**
   * Half of the channels from the pixels of even row and column, the rest from those of odd row and
   * column, side by side; beyond an odd height or width there are zeros. {@code [b, c, h, w] -> [b,
   * o, h / 2, w / 2]}, rounded up.
   */
  Tensor reduction(Tensor rectified, String prefix) {
    Tensor odd = layers.convolve(shifted(rectified), prefix + ".convs.1.weight", 2);
    Tensor both =
        layers.has(prefix + ".convs.0.weight")
            ? Ops.concatenate(
                List.of(layers.convolve(rectified, prefix + ".convs.0.weight", 2), odd), 1)
            : odd;
    return layers.normalize(both, prefix + ".bn");
  }

  /** Without the first row and column. */
  private static Tensor shifted(Tensor x) {
    int rows = (int) x.dimension(2) % 2;
    int columns = (int) x.dimension(3) % 2;
    Tensor even = rows + columns == 0 ? x : Ops.padded(x, rows, columns);
    return even.narrow(2, 1, even.dimension(2)).narrow(3, 1, even.dimension(3));
  }

  /** The convolutions of an operator: {@code [b, c, h, w] -> [b, c, h / s, w / s]}. */
  Tensor convolutions(DartsOperator operator, Tensor rectified, String prefix, int stride) {
    if (operator.repeats() == 1) {
      return separable(rectified, prefix, stride, operator.dilation());
    }
    Tensor first = separable(rectified, prefix + ".op_a", stride, 1);
    return separable(layers.observed(Ops.relu(first)), prefix + ".op_b", 1, 1);
  }

  private Tensor separable(Tensor rectified, String prefix, int stride, int dilation) {
    Tensor filtered =
        Ops.depthwiseConvolution(
            rectified, layers.parameter(prefix + ".op.1.weight"), stride, dilation);
    return layers.normalize(
        layers.convolve(filtered, prefix + ".op.2.weight", 1), prefix + ".op.3");
  }
}
