package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import java.util.List;

/**
 * A residual block that halves the image, over tensors: two normalised convolutions, the first of
 * stride 2, beside an averaged 1x1 convolution.
 */
final class TensorReduction implements TensorLayer {
  private final TensorWork work;
  private final Tensor input;
  private final Tensor shortcut; // [o, c]
  private final Tensor halved; // [b, c, (h + 2) (w + 2)]
  private final TensorMap first;
  private final TensorMap second;
  private final TensorGradient firstGradient;
  private final TensorGradient secondGradient;
  private final Tensor output;

  TensorReduction(ReductionLayer layer, Tensor input, TensorWork work) {
    String prefix = "cells.%d".formatted(layer.index());
    int inputs = layer.inputChannels();
    int outputs = layer.outputChannels();
    this.work = work;
    this.input = input;
    this.first = map(prefix + ".conv_a", input, 2, inputs);
    Tensor between = sum(first, outputs);
    this.second = map(prefix + ".conv_b", between, 1, outputs);
    this.shortcut = work.tensor(work.parameter(prefix + ".downsample.1.weight"), outputs, inputs);
    Tensor half = Ops.averagePool(input, 2, 2, 0); // [b, c, h, w]
    this.halved = Ops.bordered(half, 2).reshape(input.dimension(0), inputs, -1);
    this.output =
        sum(second, outputs).add(Ops.convolution(half, shortcut.reshape(outputs, inputs, 1, 1), 1));
    this.firstGradient = new TensorGradient(first, input, work);
    this.secondGradient = new TensorGradient(second, between, work);
  }

  private TensorMap map(String prefix, Tensor input, int stride, int inputs) {
    TensorBranch branch = new TensorBranch(0, Convolution.Names.of(prefix), inputs, 1, work);
    return new TensorMap(Ops.relu(input), stride, List.of(branch), work);
  }

  private Tensor sum(TensorMap map, int outputs) {
    long half = input.dimension(2) / 2;
    TensorNodes sums = new TensorNodes(1, work, input.dimension(0), outputs, half, half);
    map.addTo(sums);
    return sums.get(0);
  }

  @Override
  public Tensor input() {
    return input;
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public void backward(Field behind, Field before, GradientRows rows) {
    try (Scope _ = work.torch().inference()) {
      differentiateOutput(behind, rows);
      work.betweenSteps().run();
      Field between =
          Field.zero(work, behind.images(), behind.size(), behind.channels(), behind.rows());
      TensorGradient.Block block = secondGradient.block();
      Tensor correlation = first.noCorrelation(between);
      int group = work.memory().imagesOfGroup(behind.images(), bytesOfImage(before));
      for (int from = 0; from < behind.images(); from += group) {
        int to = Math.min(behind.images(), from + group);
        try (Scope _ = work.torch().inference()) {
          between.inner(from, to).addInPlace(block.of(new Field[] {behind}, from, to));
          first.correlate(between, from, to, correlation);
        }
      }
      first.differentiate(0, correlation, between, rows);
      work.betweenSteps().run();
      TensorGradient.Block last = firstGradient.block();
      for (int from = 0; from < behind.images(); from += group) {
        int to = Math.min(behind.images(), from + group);
        try (Scope _ = work.torch().inference()) {
          Tensor numbers = before.inner(from, to);
          numbers.addInPlace(last.of(new Field[] {between}, from, to));
          addShortcut(behind, from, to, numbers);
        }
      }
    }
  }

  /** The second convolution, and the shortcut, which has no batch normalisation. */
  private void differentiateOutput(Field behind, GradientRows rows) {
    Tensor correlation = second.noCorrelation(behind);
    long cells = halved.dimension(2);
    long lanes = (long) behind.channels() * behind.rows();
    Tensor plain = work.torch().full(0, work.precision(), halved.dimension(1), lanes);
    for (int image = 0; image < behind.images(); image++) {
      try (Scope _ = work.torch().inference()) {
        second.correlate(behind, image, image + 1, correlation);
        Tensor entries = halved.narrow(0, image, image + 1).reshape(-1, cells);
        plain.addInPlace(entries.matmul(behind.group(image, image + 1).reshape(cells, lanes)));
      }
    }
    second.differentiate(0, correlation, behind, rows);
    rows.add(plain.reshape(halved.dimension(1), behind.channels(), behind.rows()));
  }

  /** Each pixel of a 2x2 square has a quarter of its mean's gradient. */
  private void addShortcut(Field behind, int from, int to, Tensor numbers) {
    long g = (long) to - from;
    long half = behind.size();
    Tensor spread =
        shortcut
            .transpose(0, 1)
            .multiply(0.25) // [c, o]
            .matmul(
                behind.inner(from, to).reshape(g * half * half, behind.channels(), behind.rows()));
    numbers
        .reshape(g, half, 2, half, 2, spread.dimension(1), behind.rows())
        .addInPlace(spread.reshape(g, half, 1, half, 1, spread.dimension(1), behind.rows()));
  }

  private long bytesOfImage(Field wide) {
    return 4 * wide.numbersOfImage() * work.precision().bytes();
  }
}
