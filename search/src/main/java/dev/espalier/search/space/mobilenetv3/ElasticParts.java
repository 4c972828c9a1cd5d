package dev.espalier.search.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.DEEPEST;
import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.SHALLOWEST;
import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

import java.util.Arrays;

/**
 * The parts whose times add up to a network's: what all networks have, by pixels and without; each
 * kind of block of each stage, the first one apart since it halves the image, by pixels; and in
 * each stage each further block, whatever the pixels, since a device needs some time to begin it.
 */
final class ElasticParts {
  /** Images of the published networks. */
  private static final double USUAL_SIZE = 224;

  private static final int COMMON = 2;
  private static final int KINDS = ElasticBlock.ALL.size();
  static final int COUNT = COMMON + STAGES * 2 * KINDS + STAGES;

  private ElasticParts() {}

  /** As a share of the usual ones. */
  private static double pixels(int imageSize) {
    double side = imageSize == 0 ? 1 : imageSize / USUAL_SIZE;
    return side * side;
  }

  /**
   * The least that any network costs: in each stage the blocks do not depend on each other.
   *
   * @param costs of one of each part
   */
  static double least(int imageSize, double... costs) {
    double pixels = pixels(imageSize);
    double sum = costs[0] + pixels * costs[1];
    for (int stage = 0; stage < STAGES; stage++) {
      double first = pixels * leastKind(2 * stage, costs);
      double further = pixels * leastKind(2 * stage + 1, costs) + costs[COUNT - STAGES + stage];
      int depth = further < 0 ? DEEPEST : SHALLOWEST;
      sum += first + (depth - 1) * further;
    }
    return sum;
  }

  private static double leastKind(int row, double... costs) {
    int from = COMMON + row * KINDS;
    return Arrays.stream(costs, from, from + KINDS).min().orElseThrow();
  }

  /**
   * @param imageSize height and width in pixels; 0 where it is not known
   */
  static double[] of(ElasticArchitecture architecture, int imageSize) {
    double pixels = pixels(imageSize);
    double[] parts = new double[COUNT];
    parts[0] = 1;
    parts[1] = pixels;
    for (int stage = 0; stage < STAGES; stage++) {
      for (int slot = 0; slot < architecture.depth(stage); slot++) {
        int kind = architecture.stages().get(stage).get(slot).index();
        int row = 2 * stage + Math.min(slot, 1);
        parts[COMMON + row * KINDS + kind] += pixels;
        parts[COUNT - STAGES + stage] += slot > 0 ? 1 : 0;
      }
    }
    return parts;
  }
}
