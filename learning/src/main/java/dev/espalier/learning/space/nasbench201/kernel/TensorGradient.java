package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient with respect to a map of all convolutions that read it: the targets' cotangents
 * through one transposed convolution, less two sums a channel for the batch normalisations, where
 * the ReLU let the map through.
 *
 * <p>Letters: {@code g} images of a group, {@code h, w, c} the map, {@code n} outputs of all
 * convolutions, {@code k} rows.
 */
final class TensorGradient {
  private final TensorMap map;
  private final int[] targets;
  private final TileConvolution tiles;
  private final Tensor matrix; // [r r c, t q q o]
  private final Tensor received; // [b, h w c, n]
  private final Tensor ofOnes; // [h w c, n]
  private final Tensor on; // [b, h w c, 1]
  private final long size;

  /**
   * @param input {@code [b, c, h, w]}: what the map was rectified from
   */
  TensorGradient(TensorMap map, Tensor input, TensorWork work) {
    this.map = map;
    this.size = input.dimension(2);
    this.targets = map.branches().stream().mapToInt(each -> each.target).distinct().toArray();
    this.tiles = new TileConvolution(map.stride(), Math.toIntExact(size / map.stride()));
    this.matrix =
        tiles.matrix(
            work, map.channels(), targets.length, map.branches().getFirst().outputs, this::merged);
    this.received = map.received();
    this.ofOnes = map.receivedOfOnes();
    this.on = Ops.step(input).permute(0, 2, 3, 1).reshape(input.dimension(0), -1, 1);
  }

  private double merged(int target, int output, int channel, int tap) {
    double sum = 0;
    for (TensorBranch each : map.into(targets[target])) {
      if (each.taps > 1) {
        sum += each.pull(output, channel, tap);
      } else if (tap == 4) {
        sum += each.pull(output, channel, 0);
      }
    }
    return sum;
  }

  /** What does not depend on the image, for a block of rows whose weights are differentiated. */
  Block block() {
    return new Block(
        map.deviationTerms().negate(), ofOnes.matmul(map.meanTerms()).negate()); // [n, k], [hwc, k]
  }

  /** The gradient for one block of rows. */
  final class Block {
    private final Tensor deviations;
    private final Tensor means;

    private Block(Tensor deviations, Tensor means) {
      this.deviations = deviations;
      this.means = means;
    }

    /**
     * The gradient of some images.
     *
     * @param fields of all targets, by their number
     * @return {@code [g, h, w, c, k]}
     */
    Tensor of(Field[] fields, int from, int to) {
      Tensor sum = received.narrow(0, from, to).matmul(deviations); // [g, h w c, k]
      sum.addInPlace(means);
      List<Tensor> cotangents =
          Arrays.stream(targets).mapToObj(t -> fields[t].group(from, to)).toList();
      Tensor shaped = sum.reshape(to - from, size, size, map.channels(), means.dimension(1));
      tiles.addTiles(matrix.matmul(tiles.patches(cotangents)), shaped);
      sum.multiplyInPlace(on.narrow(0, from, to));
      return shaped;
    }
  }
}
