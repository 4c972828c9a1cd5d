package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed 3x3 convolution of cotangents as one product of matrices: the output is cut into
 * tiles of {@code r x r} positions, and each tile needs a patch of {@code q x q} cotangents. The
 * library's convolutions are made for many channels; with three of them, gathering patches and
 * multiplying is faster, and it leaves the row the innermost index.
 *
 * <p>At stride 1 a tile of 2x2 has a patch of 4x4: 16 products for 9, and each cotangent is copied
 * four times instead of nine. At stride 2 the four outputs around one cotangent need it and its
 * neighbours to the right and below.
 *
 * <p>Letters: {@code g} images, {@code t} targets, {@code o} their channels, {@code c} channels of
 * the input, {@code k} rows.
 */
final class TileConvolution {
  private static final int TAPS = 3;

  private final int stride;
  private final int tile; // r
  private final int patch; // q
  private final int step; // from patch to patch
  private final int offset; // of the first patch, border included
  private final int across; // tiles in a row of tiles

  /**
   * @param size of the cotangents in pixels
   */
  TileConvolution(int stride, int size) {
    this.stride = stride;
    this.tile = stride == 1 && size % 2 != 0 ? 1 : 2;
    this.patch = stride == 1 ? tile + 2 : 2;
    this.step = stride == 1 ? tile : 1;
    this.offset = stride == 1 ? 0 : 1;
    this.across = size / step;
  }

  /** A number of the convolution between a target and the input. */
  interface Weights {
    double at(int target, int output, int channel, int tap);
  }

  /**
   * The matrix that makes tiles of patches.
   *
   * @return {@code [r r c, t q q o]}
   */
  Tensor matrix(TensorWork work, int channels, int targets, int outputs, Weights weights) {
    int rows = tile * tile * channels;
    int columns = targets * patch * patch * outputs;
    double[] matrix = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      int position = row / channels;
      for (int column = 0; column < columns; column++) {
        int from = column / outputs % (patch * patch);
        int down = tap(position / tile, from / patch);
        int right = tap(position % tile, from % patch);
        if (down >= 0 && down < TAPS && right >= 0 && right < TAPS) {
          matrix[row * columns + column] =
              weights.at(
                  column / (outputs * patch * patch),
                  column % outputs,
                  row % channels,
                  down * TAPS + right);
        }
      }
    }
    return work.tensor(matrix, rows, columns);
  }

  /** Which tap leads from a place in the patch to one in the tile, along one axis. */
  private int tap(int inTile, int inPatch) {
    return stride == 1 ? inTile - inPatch + 2 : inTile - 2 * inPatch + 1;
  }

  /** {@code [g, h + 2, w + 2, o, k]} of each target {@code -> [g tiles, t q q o, k]}. */
  Tensor patches(List<Tensor> targets) {
    List<Tensor> slices = new ArrayList<>();
    long[] shape = targets.getFirst().shape();
    long pixel = shape[3] * shape[4];
    for (Tensor target : targets) {
      // neighbours in a row lie side by side: as many as a step has are copied at once
      Tensor steps = target.reshape(shape[0], shape[1], shape[2] / step, step * pixel);
      for (int row = 0; row < patch; row++) {
        int first = offset + row;
        Tensor rows = steps.narrow(1, first, first + (across - 1) * step + 1).everyNth(1, step);
        for (int column = 0; column < patch / step; column++) {
          slices.add(rows.narrow(2, offset + column, offset + column + across));
        }
      }
    }
    return Ops.concatenate(slices, 3) // [g, tiles, tiles, t q q o k]
        .reshape(shape[0] * across * across, -1, shape[4]);
  }

  /**
   * Adds tiles to a map.
   *
   * @param tiles {@code [g tiles, r r c, k]}
   * @param map {@code [g, h, w, c, k]}, contiguous
   */
  void addTiles(Tensor tiles, Tensor map) {
    long[] shape = map.shape();
    map.reshape(shape[0], across, tile, across, tile, shape[3], shape[4])
        .addInPlace(
            tiles
                .reshape(shape[0], across, across, tile, tile, shape[3], shape[4])
                .permute(0, 1, 3, 2, 4, 5, 6));
  }
}
