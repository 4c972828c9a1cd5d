package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map with all convolutions that read it, merged both ways: one correlation with each target's
 * cotangents gives the gradients of all convolutions into it, and one transposed convolution, two
 * terms a channel apart, the gradient of the map.
 *
 * <p>Letters: {@code b} images, {@code g} of a group, {@code c} channels, {@code o} channels of the
 * targets, {@code n} outputs of all convolutions, {@code k} rows.
 */
final class TensorMap {
  private static final int TAPS = 9;

  private final TensorWork work;
  private final int channels;
  private final int stride;
  private final List<TensorBranch> branches;
  private final @Nullable TensorBank wide;
  private final @Nullable TensorBank centre;
  private final Tensor table; // [b, 1 + c taps, (h + 2) (w + 2)]

  /**
   * @param input {@code [b, c, h, w]}, rectified
   * @param branches at least one
   */
  TensorMap(Tensor input, int stride, List<TensorBranch> branches, TensorWork work) {
    this.work = work;
    this.channels = Math.toIntExact(input.dimension(1));
    this.stride = stride;
    this.branches = branches;
    int taps = branches.stream().mapToInt(each -> each.taps).max().orElseThrow();
    this.wide = bank(TAPS, input);
    this.centre = bank(1, input);
    this.table = taps == TAPS ? neighbours(input, stride) : withOnes(input);
    banks().forEach(bank -> bank.measure(table));
  }

  private @Nullable TensorBank bank(int size, Tensor input) {
    List<TensorBranch> ofSize = branches.stream().filter(each -> each.taps == size).toList();
    return ofSize.isEmpty() ? null : new TensorBank(ofSize, input, stride, work);
  }

  private Stream<TensorBank> banks() {
    return Stream.of(wide, centre)
        .mapMulti((bank, to) -> {
          if (bank != null) {
            to.accept(bank);
          }
        });
  }

  /** Each position's nine neighbours: {@code [b, 1 + c 9, (h + 2) (w + 2)]}, a one before them. */
  private Tensor neighbours(Tensor input, int stride) {
    Tensor bordered = Ops.bordered(input, 2);
    long size = input.dimension(2);
    List<Tensor> taps = new ArrayList<>();
    for (int tap = 0; tap < TAPS; tap++) {
      int row = tap / 3;
      int column = tap % 3;
      Tensor shifted =
          bordered.narrow(2, row, row + size).narrow(3, column, column + size); // [b, c, H, W]
      taps.add(stride == 1 ? shifted : shifted.everyNth(2, stride).everyNth(3, stride));
    }
    Tensor all = Ops.stack(taps, 2); // [b, c, 9, h, w]
    long[] shape = all.shape();
    return withOnes(all.reshape(shape[0], shape[1] * TAPS, shape[3], shape[4]));
  }

  /** {@code [b, f, h, w] -> [b, 1 + f, (h + 2) (w + 2)]}: zero on the border, the ones too. */
  private Tensor withOnes(Tensor x) {
    Tensor ones =
        work.torch().full(1, work.precision(), x.dimension(0), 1, x.dimension(2), x.dimension(3));
    return Ops.bordered(Ops.concatenate(List.of(ones, x), 1), 2)
        .reshape(x.dimension(0), x.dimension(1) + 1, -1);
  }

  int stride() {
    return stride;
  }

  int channels() {
    return channels;
  }

  List<TensorBranch> branches() {
    return branches;
  }

  List<TensorBranch> into(int target) {
    return branches.stream().filter(each -> each.target == target).toList();
  }

  /** Gives every branch's sum to whoever adds them to the targets. */
  void addTo(TensorNodes nodes) {
    for (TensorBank bank : banks().toList()) {
      List<Tensor> sums = bank.sums();
      List<TensorBranch> of = bank.branches();
      for (int i = 0; i < of.size(); i++) {
        nodes.add(of.get(i).target, sums.get(i));
      }
    }
  }

  /** What a position receives from all normalised outputs, {@code [b, h w c, n]}. */
  Tensor received() {
    return joined(banks().map(TensorBank::received).toList(), 2);
  }

  /** What a position receives from outputs of 1, {@code [h w c, n]}. */
  Tensor receivedOfOnes() {
    return joined(banks().map(TensorBank::receivedOfOnes).toList(), 1);
  }

  /** What means take away, for the block of rows at hand, {@code [n, k]}. */
  Tensor meanTerms() {
    return joined(banks().map(bank -> bank.terms(TensorBranch.Terms::mean)).toList(), 0);
  }

  /** What deviations take away, for the block of rows at hand, {@code [n, k]}. */
  Tensor deviationTerms() {
    return joined(banks().map(bank -> bank.terms(TensorBranch.Terms::deviation)).toList(), 0);
  }

  private static Tensor joined(List<Tensor> parts, int axis) {
    return parts.size() == 1 ? parts.getFirst() : Ops.concatenate(parts, axis);
  }

  /** An empty correlation with a field, {@code [1 + c taps, o k]}. */
  Tensor noCorrelation(Field field) {
    return work.torch()
        .full(0, work.precision(), table.dimension(1), (long) field.channels() * field.rows());
  }

  /** Adds some images' part of the correlation with a field. */
  void correlate(Field field, int from, int to, Tensor correlation) {
    // the border of the table is zero, so that of the field adds nothing
    Tensor cotangents =
        field.group(from, to).reshape(to - from, table.dimension(2), correlation.dimension(1));
    Tensor products = table.narrow(0, from, to).matmul(cotangents); // [g, 1 + c taps, o k]
    correlation.addInPlace(
        to - from == 1 ? products.reshape(correlation.shape()) : products.sum(false, 0));
  }

  /** The rows of all convolutions into a target, whose correlation is whole. */
  void differentiate(int target, Tensor correlation, Field field, GradientRows rows) {
    Tensor whole = correlation.reshape(-1, field.channels(), field.rows());
    for (TensorBranch branch : into(target)) {
      branch.differentiate(whole, rows);
    }
  }
}
