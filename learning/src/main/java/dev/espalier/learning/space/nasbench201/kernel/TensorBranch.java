package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with batch normalisation that reads a rectified map and adds {@code share * (scale
 * * normalised + shift)} to its target.
 *
 * <p>Letters: {@code c} input channels, {@code o} outputs, {@code f} pairs of input channel and
 * tap, {@code k} rows.
 */
final class TensorBranch {
  private static final int TAPS = 9;

  final int target;
  final int inputs;
  final int outputs;
  final int taps;
  final double share;
  final float[] weight; // [o, c, tap]
  final float[] scale; // [o]
  final float[] shift; // [o]
  private double[] gain = {}; // [o]
  private @Nullable Statistics statistics;
  private @Nullable Terms terms;

  TensorBranch(int target, Convolution.Names names, int inputs, double share, TensorWork work) {
    this.target = target;
    this.inputs = inputs;
    this.share = share;
    this.weight = work.parameter(names.weight());
    this.scale = work.parameter(names.scale());
    this.shift = work.parameter(names.shift());
    this.outputs = scale.length;
    this.taps = weight.length / (inputs * outputs);
  }

  /**
   * What the forward pass left behind, none of it dependent on the row.
   *
   * @param weights {@code [f, o, 1]}
   * @param mean of the convolution's outputs, {@code [o, 1]}
   * @param deviation of them, {@code [o, 1]}
   * @param gain {@code share * scale / deviation}, {@code [o, 1]}
   * @param along {@code sum_p x[p + tap, c] normalised[p, o]}, {@code [f, o, 1]}
   * @param ones {@code sum_p x[p + tap, c]}, {@code [f, 1, 1]}
   * @param positions of all images
   */
  record Statistics(
      Tensor weights,
      Tensor mean,
      Tensor deviation,
      Tensor gain,
      Tensor along,
      Tensor ones,
      long positions) {}

  /**
   * Of the block of rows at hand, {@code [o, k]} each: what the batch's mean and deviation take
   * away.
   */
  record Terms(Tensor mean, Tensor deviation) {}

  /**
   * @param gains {@code [o]}
   */
  void measured(Statistics found, double[] gains) {
    statistics = found;
    gain = gains;
  }

  /** How strongly the target moves with this entry of the filter. */
  double pull(int output, int channel, int tap) {
    return gain[output] * weight[(output * inputs + channel) * taps + tap];
  }

  /**
   * The rows of the weights and of the scale; leaves the terms behind.
   *
   * @param correlation of the map with the target's cotangents, {@code [1 + c taps', o, k]}, the
   *     first entry being the cotangents' sums
   */
  void differentiate(Tensor correlation, GradientRows rows) {
    if (statistics == null) {
      throw new IllegalStateException("the forward pass comes first");
    }
    Tensor sums = correlation.narrow(0, 0, 1); // [1, o, k]
    long entries = correlation.dimension(0) - 1;
    Tensor products = correlation.narrow(0, 1, entries + 1); // [c taps', o, k]
    if (taps < entries / inputs) { // the centre of nine taps
      long[] shape = products.shape();
      products =
          products
              .reshape(inputs, TAPS, shape[1], shape[2])
              .narrow(1, TAPS / 2, TAPS / 2 + 1)
              .reshape(inputs, shape[1], shape[2]);
    }
    Tensor total = sums.reshape(sums.dimension(1), sums.dimension(2)); // [o, k]
    Tensor slope =
        products
            .multiply(statistics.weights)
            .sum(false, 0)
            .subtract(total.multiply(statistics.mean))
            .divide(statistics.deviation); // [o, k]
    double each = 1.0 / statistics.positions;
    Tensor meanOf = total.multiply(each);
    Tensor slopeOf = slope.multiply(each);
    rows.add(slope.multiply(share));
    products = products.subtract(statistics.ones.multiply(meanOf)); // [f, 1, 1] x [o, k]
    products.subtractInPlace(statistics.along.multiply(slopeOf)); // [f, o, 1] x [o, k]
    products.multiplyInPlace(statistics.gain);
    rows.add(products);
    terms = new Terms(statistics.gain.multiply(meanOf), statistics.gain.multiply(slopeOf));
  }

  /** Of the block of rows at hand. */
  Terms terms() {
    if (terms == null) {
      throw new IllegalStateException("the target's cotangents are correlated first");
    }
    return terms;
  }
}
