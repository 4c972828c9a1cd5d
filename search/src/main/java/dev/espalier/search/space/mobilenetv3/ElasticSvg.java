package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Svg;
import java.util.List;

/**
 * A network as five rows, a stage each, its blocks from left to right. A stage's last block leads
 * to the next row's first; rings are slots without a block.
 */
final class ElasticSvg {
  private static final double TOP = 34;
  private static final double ROW = 62;
  private static final double FIRST = 218;
  private static final double STEP = 132;
  private static final double END = 26;
  private static final double ABSENT = 4;
  private static final double CAPTION = 6;
  private static final String LINE = "#64748b";
  private static final String TRACE = "#94a3b8";

  private ElasticSvg() {}

  static String of(ElasticArchitecture architecture) {
    int stages = ElasticArchitecture.STAGES;
    int width = (int) (FIRST + STEP * ElasticArchitecture.DEEPEST + 2 * END);
    int height = (int) (2 * TOP + ROW * (stages - 1));
    Svg svg = new Svg(width, height, architecture.canonical());
    Point before = new Point(FIRST - STEP + 2 * END, TOP);
    svg.caption(new Point(CAPTION, TOP - ROW / 4), "input");
    for (int stage = 0; stage < stages; stage++) {
      before = row(svg, architecture.stages().get(stage), stage, before);
    }
    Point output = new Point(width - END - 4, TOP + ROW * (stages - 1));
    arrow(svg, level(before, output.plus(-END - 3, 0)));
    svg.node(output, END, "output");
    return svg.end();
  }

  /** Draws a row and tells where it ends. */
  private static Point row(Svg svg, List<ElasticBlock> blocks, int stage, Point from) {
    double y = TOP + ROW * stage;
    svg.caption(new Point(CAPTION, y + 4), ElasticStage.title(stage));
    Point before = from;
    for (int slot = 0; slot < ElasticArchitecture.DEEPEST; slot++) {
      Point center = new Point(FIRST + STEP * slot, y);
      if (slot >= blocks.size()) {
        svg.ring(center, ABSENT, TRACE);
        continue;
      }
      OperatorStyle style = ElasticStyle.of(blocks.get(slot));
      Point left = center.plus(-Svg.pillWidth(style) / 2, 0);
      arrow(svg, slot == 0 && stage > 0 ? turn(before, left) : level(before, left));
      svg.open("stage %d, block %d: %s".formatted(stage + 1, slot + 1, blocks.get(slot).label()));
      svg.pill(center, style);
      svg.close();
      before = center.plus(Svg.pillWidth(style) / 2, 0);
    }
    return before;
  }

  private static void arrow(Svg svg, Curve curve) {
    svg.stroke(curve, LINE, 2, "");
    svg.head(curve, LINE);
  }

  private static Curve level(Point from, Point to) {
    double reach = (to.x() - from.x()) / 2;
    return new Curve(from, from.plus(reach, 0), to.plus(-reach, 0), to);
  }

  /** Out to the right, down between the rows, and in from the left. */
  private static Curve turn(Point from, Point to) {
    double reach = 110;
    return new Curve(from, from.plus(reach, 0), to.plus(-reach, 0), to);
  }
}
