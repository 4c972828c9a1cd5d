package dev.espalier.search.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

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

  /**
   * @param imageSize height and width in pixels; 0 where it is not known
   */
  static double[] of(ElasticArchitecture architecture, int imageSize) {
    double side = imageSize == 0 ? 1 : imageSize / USUAL_SIZE;
    double pixels = side * side;
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
