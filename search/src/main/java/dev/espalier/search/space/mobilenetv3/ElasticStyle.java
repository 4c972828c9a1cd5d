package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Palette;
import java.util.List;

/** How blocks look, in their order. */
final class ElasticStyle {
  private static final List<OperatorStyle> STYLES =
      List.of(
          Palette.INVERTED_3_BY_3,
          Palette.INVERTED_3_BY_4,
          Palette.INVERTED_3_BY_6,
          Palette.INVERTED_5_BY_3,
          Palette.INVERTED_5_BY_4,
          Palette.INVERTED_5_BY_6,
          Palette.INVERTED_7_BY_3,
          Palette.INVERTED_7_BY_4,
          Palette.INVERTED_7_BY_6);

  private ElasticStyle() {}

  static OperatorStyle of(ElasticBlock block) {
    return STYLES.get(block.index());
  }
}
