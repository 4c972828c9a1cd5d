package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.all;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.zero;

import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient with respect to a node of the skip connections and average poolings that leave it,
 * row by row: the targets are summed once, then pooled once, three rows and then three columns.
 */
final class DirectPaths {
  private final List<Path> paths;
  private final CotangentGrid grid;
  private final int[] slots;
  private final boolean pools;
  private final float[] line; // a row with a pixel of zeros at either end

  DirectPaths(List<Path> paths, CotangentGrid grid, int[] slots) {
    this.paths = paths;
    this.grid = grid;
    this.slots = slots;
    this.pools = paths.stream().anyMatch(path -> path.pool() != 0);
    this.line = new float[(grid.size() + 2) * grid.pixel()];
  }

  /** Writes one row of an image, all channels. */
  void writeRow(Cotangents cotangents, int image, int y, int slot) {
    float[] numbers = cotangents.numbers();
    int length = grid.size() * grid.pixel();
    for (int triple = 0; triple < grid.triples(); triple++) {
      int place = triple * grid.plane() + grid.at(y, 0);
      int to = cotangents.at(slot, image) + place;
      if (pools) {
        pool(cotangents, image, place, y);
        int pixel = grid.pixel();
        for (int i = 0; i < length; i += Lanes.WIDTH) {
          load(line, i)
              .add(load(line, pixel + i))
              .add(load(line, 2 * pixel + i))
              .intoArray(numbers, to + i);
        }
      } else {
        FloatVector nothing = zero();
        for (int i = 0; i < length; i += Lanes.WIDTH) {
          nothing.intoArray(numbers, to + i);
        }
      }
      for (Path path : paths) {
        if (path.skip() != 0) {
          add(
              numbers,
              to,
              cotangents.at(slots[path.target()], image) + place,
              (float) path.skip(),
              length);
        }
      }
    }
  }

  private static void add(float[] numbers, int to, int from, float weight, int length) {
    FloatVector factor = all(weight);
    for (int i = 0; i < length; i += Lanes.WIDTH) {
      factor.fma(load(numbers, from + i), load(numbers, to + i)).intoArray(numbers, to + i);
    }
  }

  /** Into the line: three rows of all targets, each divided by the pixels its mean was taken of. */
  private void pool(Cotangents cotangents, int image, int place, int y) {
    float[] numbers = cotangents.numbers();
    int pixel = grid.pixel();
    int length = grid.size() * pixel;
    boolean first = true;
    for (Path path : paths) {
      if (path.pool() != 0) {
        int from = cotangents.at(slots[path.target()], image) + place;
        // beyond the image lies the border, which is zero
        FloatVector above = all((float) path.pool() * share(y - 1));
        FloatVector here = all((float) path.pool() * share(y));
        FloatVector below = all((float) path.pool() * share(y + 1));
        for (int i = 0; i < length; i += Lanes.WIDTH) {
          FloatVector sum = here.mul(load(numbers, from + i));
          sum = above.fma(load(numbers, from - grid.row() + i), sum);
          sum = below.fma(load(numbers, from + grid.row() + i), sum);
          int to = pixel + i;
          if (first) {
            sum.intoArray(line, to);
          } else {
            sum.add(load(line, to)).intoArray(line, to);
          }
        }
        first = false;
      }
    }
    for (int x = 0; x < grid.size(); x++) {
      FloatVector share = all(share(x));
      for (int i = (x + 1) * pixel; i < (x + 2) * pixel; i += Lanes.WIDTH) {
        load(line, i).mul(share).intoArray(line, i);
      }
    }
  }

  /** One over the neighbours in a row, the position itself included, that lie inside. */
  private float share(int position) {
    return position <= 0 || position >= grid.size() - 1 ? 0.5f : 1f / 3;
  }
}
