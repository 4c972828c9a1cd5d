package dev.espalier.search.space.mobilenetv3;

import java.util.List;

/**
 * A network in box-drawing characters, a line for each stage; {@code ·} is a slot without a block:
 *
 * <pre>
 *  24 channels, halved  ─▶ k3e3 ─▶ k5e6 ─▶ ·    ─▶ ·
 * </pre>
 */
final class ElasticText {
  private static final int NAMES = 22;

  private ElasticText() {}

  static String of(ElasticArchitecture architecture) {
    StringBuilder page = new StringBuilder(512);
    line(page, " input");
    for (int stage = 0; stage < ElasticArchitecture.STAGES; stage++) {
      StringBuilder line = new StringBuilder(" ").append(ElasticStage.title(stage));
      line.append(" ".repeat(NAMES - line.length()));
      List<ElasticBlock> blocks = architecture.stages().get(stage);
      for (int slot = 0; slot < ElasticArchitecture.DEEPEST; slot++) {
        line.append(slot < blocks.size() ? "─▶ " + blocks.get(slot).label() + " " : "   ·    ");
      }
      boolean isLast = stage == ElasticArchitecture.STAGES - 1;
      line(page, line.append(isLast ? "─▶ output" : "").toString());
    }
    return page.toString();
  }

  private static void line(StringBuilder page, String line) {
    page.append(line.stripTrailing()).append('\n');
  }
}
