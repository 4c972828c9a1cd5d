package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.space.nasbench201.kernel.TensorKernel.Block;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;

/**
 * What follows the last cell, over tensors: batch normalisation, ReLU, global average. Cotangents
 * of the averages enter here, and leave as cotangents of the last cell's output.
 *
 * <p>Letters: {@code b} images, {@code c} channels, {@code k} rows.
 */
final class TensorTop {
  private static final double EPSILON = 1e-5;

  private final TensorWork work;
  private final Tensor last; // [b, c, h, w]
  private final Tensor normalized; // [b, h, w, c, 1]
  private final Tensor on; // [b, h, w, c, 1]
  private final double[] gain; // [c]: scale / deviation
  private final double[] averages; // [b, c]
  private final double[] shares; // [b, c]: how many pixels are on, over all of them
  private final double[] slopes; // [b, c]: the same, each weighted with its normalised value

  TensorTop(Tensor last, TensorWork work) {
    this.work = work;
    this.last = last;
    int channels = Math.toIntExact(last.dimension(1));
    float[] scale = work.parameter("lastact.0.weight");
    double each = (double) channels / last.size();
    Tensor centred = last.subtract(last.sum(true, 0, 2, 3).multiply(each));
    Tensor deviation = centred.square().sum(true, 0, 2, 3).multiply(each).add(EPSILON).sqrt();
    Tensor values = centred.divide(deviation); // [b, c, h, w]
    Tensor activation =
        values
            .multiply(work.tensor(scale, 1, channels, 1, 1))
            .add(work.tensor(work.parameter("lastact.0.bias"), 1, channels, 1, 1));
    Tensor step = Ops.step(activation);
    this.averages = Ops.globalAverage(Ops.relu(activation)).toDoubles();
    this.shares = Ops.globalAverage(step).toDoubles();
    this.slopes = Ops.globalAverage(step.multiply(values)).toDoubles();
    this.gain = deviation.toDoubles();
    for (int c = 0; c < channels; c++) {
      gain[c] = scale[c] / gain[c];
    }
    this.normalized = channelsInside(values);
    this.on = channelsInside(step);
  }

  private static Tensor channelsInside(Tensor x) {
    long[] shape = x.shape();
    return x.permute(0, 2, 3, 1).reshape(shape[0], shape[2], shape[3], shape[1], 1);
  }

  /** {@code [b, c]}. */
  double[] averages() {
    return averages;
  }

  /** What {@link #backward} fills in, for whoever closes it. */
  Field zero(Block block) {
    return TensorKernel.zero(last, block.rows(), work);
  }

  /**
   * Adds a block's rows of the batch normalisation's scales, and fills in the cotangents of the
   * last cell's output.
   *
   * @param directions cotangents of the averages, {@code [d, c]}: row {@code r} is image {@code r /
   *     d} in direction {@code r % d}
   */
  void backward(double[] directions, Block block, Field field, GradientRows rows) {
    int channels = gain.length;
    int kinds = directions.length / channels;
    int lanes = block.rows();
    double pixels = (double) field.size() * field.size();
    double positions = pixels * field.images();
    double[] scaleRows = new double[channels * lanes];
    double[] meanTerm = new double[channels * lanes];
    double[] slopeTerm = new double[channels * lanes];
    double[] own = new double[channels * lanes];
    for (int c = 0; c < channels; c++) {
      for (int lane = 0; lane < lanes; lane++) {
        int row = block.first() + lane;
        int of = row / kinds * channels + c;
        double direction = directions[row % kinds * channels + c];
        int at = c * lanes + lane;
        scaleRows[at] = slopes[of] * direction;
        meanTerm[at] = -gain[c] * shares[of] * direction / positions;
        slopeTerm[at] = -gain[c] * slopes[of] * direction / positions;
        own[at] = gain[c] * direction / pixels;
      }
    }
    try (Scope _ = work.torch().inference()) {
      rows.add(work.tensor(scaleRows, channels, lanes));
      Tensor slope = work.tensor(slopeTerm, channels, lanes);
      Tensor mean = work.tensor(meanTerm, channels, lanes);
      Tensor ofOwnImage = work.tensor(own, channels, lanes);
      for (int image = 0; image < field.images(); image++) {
        try (Scope _ = work.torch().inference()) {
          Tensor numbers = field.inner(image, image + 1); // [1, h, w, c, k]
          numbers.addInPlace(normalized.narrow(0, image, image + 1).multiply(slope));
          numbers.addInPlace(mean);
          int from = Math.max(0, image * kinds - block.first());
          int to = Math.min(lanes, (image + 1) * kinds - block.first());
          if (from < to) {
            numbers
                .narrow(4, from, to)
                .addInPlace(
                    on.narrow(0, image, image + 1).multiply(ofOwnImage.narrow(1, from, to)));
          }
        }
      }
    }
  }
}
