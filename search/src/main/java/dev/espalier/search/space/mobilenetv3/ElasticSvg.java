package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Svg;
import java.util.List;

/**
 * A network as five rows, a stage each, its blocks from left to right. A stage's last block leads
 * back between the rows to the next stage; rings are slots without a block.
 */
final class ElasticSvg {
  private static final double TOP = 36;
  private static final double ROW = 58;
  private static final double FIRST = 224;
  private static final double STEP = 122;
  private static final double END = 26;
  private static final double ABSENT = 4;
  private static final double CAPTION = 6;
  private static final double BEND = 26;
  private static final String LINE = "#64748b";
  private static final String TRACE = "#94a3b8";

  private ElasticSvg() {}

  static String of(ElasticArchitecture architecture) {
    int stages = ElasticArchitecture.STAGES;
    int width = (int) (FIRST + STEP * ElasticArchitecture.DEEPEST + END + CAPTION);
    int height = (int) (2 * TOP + ROW * stages);
    Svg svg = new Svg(width, height, architecture.canonical());
    Point input = new Point(FIRST, TOP);
    Point before = input.plus(END, 0);
    for (int stage = 0; stage < stages; stage++) {
      before = row(svg, architecture.stages().get(stage), stage, before);
    }
    Point output = new Point(FIRST + STEP * ElasticArchitecture.DEEPEST - END, TOP + ROW * stages);
    arrow(svg, level(before, output.plus(-END - 3, 0)));
    svg.node(input, END, "input");
    svg.node(output, END, "output");
    return svg.end();
  }

  /** Draws a row and tells where it ends. */
  private static Point row(Svg svg, List<ElasticBlock> blocks, int stage, Point from) {
    double y = TOP + ROW * (stage + 1);
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
      if (slot == 0) {
        turn(svg, before, left);
      } else {
        arrow(svg, level(before, left));
      }
      svg.open("stage " + (stage + 1) + ", block " + (slot + 1) + ": " + blocks.get(slot).label());
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

  /** Out to the right, back between the rows, and in from the left. */
  private static void turn(Svg svg, Point from, Point to) {
    Point right = new Point(from.x(), from.y() + ROW / 2);
    Point left = new Point(to.x(), to.y() - ROW / 2);
    svg.stroke(new Curve(from, from.plus(BEND, 0), right.plus(BEND, 0), right), LINE, 2, "");
    svg.stroke(level(right, left), LINE, 2, "");
    arrow(svg, new Curve(left, left.plus(-BEND, 0), to.plus(-BEND, 0), to));
  }
}
