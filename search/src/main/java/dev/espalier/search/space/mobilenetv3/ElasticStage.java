package dev.espalier.search.space.mobilenetv3;

import java.util.List;

/**
 * What all networks have in common of a stage (Once-for-All's MobileNetV3-Large).
 *
 * @param width channels of its output where the network's width is 1
 * @param stride of its first block: 2 to halve height and width
 * @param isGated whether its blocks weigh their channels (squeeze and excitation)
 * @param activation of its blocks
 */
public record ElasticStage(int width, int stride, boolean isGated, Activation activation) {
  /** What stands behind a batch normalisation. */
  public enum Activation {
    RELU,
    /** {@code x min(max(x + 3, 0), 6) / 6} (Howard et al., ICCV 2019). */
    HARD_SWISH
  }

  /** The five elastic stages. */
  public static final List<ElasticStage> ALL =
      List.of(
          new ElasticStage(24, 2, false, Activation.RELU),
          new ElasticStage(40, 2, true, Activation.RELU),
          new ElasticStage(80, 2, false, Activation.HARD_SWISH),
          new ElasticStage(112, 1, true, Activation.HARD_SWISH),
          new ElasticStage(160, 2, true, Activation.HARD_SWISH));

  /** For people: {@code 24 channels, halved}. */
  static String title(int stage) {
    ElasticStage each = ALL.get(stage);
    return each.width() + (each.stride() == 2 ? " channels, halved" : " channels");
  }
}
