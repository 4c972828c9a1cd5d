package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.space.nasbench201.kernel.TensorBranch.Statistics;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * The convolutions of one size that read the same map, run side by side as one, with what they
 * leave for the way back.
 *
 * <p>Letters: {@code b} images, {@code c} input channels, {@code o} outputs of all convolutions,
 * {@code f} pairs of input channel and tap.
 */
final class TensorBank {
  private static final double EPSILON = 1e-5;
  private static final int TAPS = 9;

  private final TensorWork work;
  private final List<TensorBranch> branches;
  private final int inputs;
  private final int outputs; // of one branch
  private final int taps;
  private final int stride;
  private final Tensor normalized; // [b, o, h, w]
  private final Tensor mean; // [1, o, 1, 1]
  private final Tensor deviation; // [1, o, 1, 1]

  /**
   * @param branches at least one, all of one size
   * @param input {@code [b, c, h, w]}
   */
  TensorBank(List<TensorBranch> branches, Tensor input, int stride, TensorWork work) {
    this.work = work;
    this.branches = branches;
    this.stride = stride;
    this.inputs = branches.getFirst().inputs;
    this.outputs = branches.getFirst().outputs;
    this.taps = branches.getFirst().taps;
    int side = taps == TAPS ? 3 : 1;
    Tensor filters =
        work.tensor(joined(each -> each.weight), all(), inputs, side, side); // [o, c, 3, 3]
    Tensor convolved = Ops.convolution(input, filters, stride); // [b, o, h, w]
    double each = (double) all() / convolved.size();
    this.mean = convolved.sum(true, 0, 2, 3).multiply(each);
    Tensor centred = convolved.subtract(mean);
    this.deviation =
        centred.square().sum(true, 0, 2, 3).multiply(each).add(EPSILON).sqrt(); // [1, o, 1, 1]
    centred.divideInPlace(deviation);
    this.normalized = centred;
  }

  private int all() {
    return branches.size() * outputs;
  }

  private interface Numbers {
    float[] of(TensorBranch branch);
  }

  private float[] joined(Numbers numbers) {
    int length = numbers.of(branches.getFirst()).length;
    float[] joined = new float[branches.size() * length];
    for (int i = 0; i < branches.size(); i++) {
      System.arraycopy(numbers.of(branches.get(i)), 0, joined, i * length, length);
    }
    return joined;
  }

  List<TensorBranch> branches() {
    return branches;
  }

  /** What each branch adds to its target, {@code [b, o, h, w]}. */
  List<Tensor> sums() {
    double[] factors = new double[all()];
    double[] addends = new double[all()];
    for (int i = 0; i < factors.length; i++) {
      TensorBranch branch = branches.get(i / outputs);
      factors[i] = branch.share * branch.scale[i % outputs];
      addends[i] = branch.share * branch.shift[i % outputs];
    }
    Tensor sums = normalized.multiply(work.tensor(factors, 1, all(), 1, 1));
    sums.addInPlace(work.tensor(addends, 1, all(), 1, 1));
    return branches.size() == 1
        ? List.of(sums)
        : Ops.split(
            sums,
            1,
            Collections.nCopies(branches.size(), outputs).stream()
                .mapToLong(Integer::longValue)
                .toArray());
  }

  /**
   * Tells the branches what the forward pass found.
   *
   * @param table of the map, {@code [b, 1 + c taps', (h + 2) (w + 2)]}, the first entry ones
   */
  void measure(Tensor table) {
    Tensor entries = ofOwnTaps(table);
    Tensor flat =
        Ops.bordered(normalized, 2)
            .reshape(normalized.dimension(0), all(), -1)
            .transpose(1, 2); // [b, (h + 2) (w + 2), o]
    Tensor along = entries.matmul(flat).sum(false, 0); // [f, o]
    Tensor ones = entries.sum(false, 0, 2).reshape(-1, 1, 1); // [f, 1, 1]
    double[] deviations = deviation.toDoubles();
    for (int i = 0; i < branches.size(); i++) {
      TensorBranch branch = branches.get(i);
      int first = i * outputs;
      double[] gains = new double[outputs];
      for (int o = 0; o < outputs; o++) {
        gains[o] = branch.share * branch.scale[o] / deviations[first + o];
      }
      branch.measured(
          new Statistics(
              work.tensor(branch.weight, outputs, branch.weight.length / outputs)
                  .transpose(0, 1)
                  .reshape(-1, outputs, 1),
              mean.reshape(all(), 1).narrow(0, first, first + outputs),
              deviation.reshape(all(), 1).narrow(0, first, first + outputs),
              work.tensor(gains, outputs, 1),
              along.narrow(1, first, first + outputs).reshape(-1, outputs, 1),
              ones,
              normalized.size() / all()),
          gains);
    }
  }

  /** {@code [b, f, (h + 2) (w + 2)]} of a table that may have more taps. */
  private Tensor ofOwnTaps(Tensor table) {
    long entries = table.dimension(1) - 1;
    Tensor values = table.narrow(1, 1, entries + 1);
    if (entries == (long) inputs * taps) {
      return values;
    }
    long images = table.dimension(0);
    return values
        .reshape(images, inputs, TAPS, -1)
        .narrow(2, TAPS / 2, TAPS / 2 + 1)
        .reshape(images, inputs, -1);
  }

  /** What a position receives from the normalised outputs, {@code [b, h w c, o]}. */
  Tensor received() {
    return received(normalized);
  }

  /** What a position receives from outputs of 1, {@code [h w c, o]}. */
  Tensor receivedOfOnes() {
    Tensor ones =
        work.torch()
            .full(1, work.precision(), 1, all(), normalized.dimension(2), normalized.dimension(3));
    return received(ones).reshape(-1, all());
  }

  private Tensor received(Tensor from) {
    long images = from.dimension(0);
    if (taps == 1) {
      Tensor filters = work.tensor(joined(each -> each.weight), all(), inputs).transpose(0, 1);
      return from.permute(0, 2, 3, 1)
          .reshape(images, from.dimension(2), from.dimension(3), 1, all())
          .multiply(filters) // [b, h, w, 1, o] x [c, o]
          .reshape(images, -1, all());
    }
    Tensor spread = stride == 1 ? from : spread(from);
    Tensor each =
        Ops.convolution(
            spread,
            work.tensor(reversed(), (long) all() * inputs, 1, 3, 3),
            null,
            1,
            1,
            all()); // [b, o c, h, w]
    long size = spread.dimension(2);
    return each.reshape(images, all(), inputs, size, size)
        .permute(0, 3, 4, 2, 1) // [b, h, w, c, o]
        .reshape(images, -1, all());
  }

  /** The filters turned round: {@code [o, c, 3, 3]}. */
  private float[] reversed() {
    float[] weights = joined(each -> each.weight);
    float[] reversed = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      reversed[i / TAPS * TAPS + TAPS - 1 - i % TAPS] = weights[i];
    }
    return reversed;
  }

  /** A zero behind every number of a row, and a row of zeros behind every row. */
  private Tensor spread(Tensor x) {
    long[] shape = x.shape();
    Tensor single = x.reshape(shape[0], shape[1], shape[2], 1, shape[3], 1);
    Tensor zeros = work.torch().full(0, work.precision(), single.shape());
    Tensor columns = Ops.concatenate(List.of(single, zeros), 5); // [b, o, h, 1, w, 2]
    Tensor nothing = work.torch().full(0, work.precision(), columns.shape());
    return Ops.concatenate(List.of(columns, nothing), 3)
        .reshape(shape[0], shape[1], 2 * shape[2], 2 * shape[3]);
  }

  /** The terms of a block of rows in the order of the outputs, {@code [o, k]}. */
  Tensor terms(Function<TensorBranch.Terms, Tensor> which) {
    List<Tensor> terms = new ArrayList<>();
    branches.forEach(branch -> terms.add(which.apply(branch.terms())));
    return Ops.concatenate(terms, 0);
  }
}
