package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;

import jdk.incubator.vector.FloatVector;

/** Sums of cotangents over all positions. */
final class Totals {
  private Totals() {}

  /**
   * Adds an image's part.
   *
   * @param totals {@code [triple][3][lane]}, from index 0
   */
  static void add(Cotangents cotangents, int slot, int image, float[] totals) {
    CotangentGrid grid = cotangents.grid();
    float[] numbers = cotangents.numbers();
    for (int triple = 0; triple < grid.triples(); triple++) {
      int plane = cotangents.at(slot, image) + triple * grid.plane();
      for (int lane = 0; lane < grid.pixel(); lane += Lanes.WIDTH) {
        int to = triple * grid.pixel() + lane;
        FloatVector sum = load(totals, to);
        for (int y = 0; y < grid.size(); y++) {
          int at = plane + grid.at(y, 0) + lane;
          for (int x = 0; x < grid.size(); x++, at += grid.pixel()) {
            sum = sum.add(load(numbers, at));
          }
        }
        sum.intoArray(totals, to);
      }
    }
  }
}
