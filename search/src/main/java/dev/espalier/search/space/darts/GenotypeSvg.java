package dev.espalier.search.space.darts;

import dev.espalier.search.drawing.Curve;
import dev.espalier.search.drawing.Curve.Point;
import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.drawing.Svg;
import dev.espalier.search.space.darts.DartsCell.Gene;
import java.util.List;

/**
 * Both cells, one below the other. The inputs lie to the left, the nodes go down to the right like
 * stairs, each behind its two operators, and all of them lead to the output.
 */
final class GenotypeSvg {
  private static final int WIDTH = 1020;
  private static final int CELL_HEIGHT = 372;
  private static final double INPUT_X = 46;
  private static final double FIRST_X = 292;
  private static final double STEP_X = 182;
  private static final double TOP = 74;
  private static final double STEP_Y = 74;
  private static final double PILL_BEFORE = 92;
  private static final double PILL_APART = 15;
  private static final double RADIUS = 20;
  private static final double GAP = 3;
  private static final String QUIET = "#94a3b8";

  private final Svg svg;
  private final double top;

  private GenotypeSvg(Svg svg, double top) {
    this.svg = svg;
    this.top = top;
  }

  static String of(Genotype genotype) {
    Svg svg = new Svg(WIDTH, 2 * CELL_HEIGHT, genotype.canonical());
    for (CellType type : CellType.ALL) {
      new GenotypeSvg(svg, CELL_HEIGHT * type.index()).cell(genotype, type);
    }
    return svg.end();
  }

  private void cell(Genotype genotype, CellType type) {
    svg.caption(
        new Point(INPUT_X - RADIUS, top + 26),
        type == CellType.NORMAL ? "normal cell" : "reduction cell");
    for (int node = 0; node < DartsEdge.NODES; node++) {
      toOutput(node);
    }
    for (int node = 0; node < DartsEdge.NODES; node++) {
      List<Gene> genes = genotype.cell(type).into(node);
      gene(node, genes.getFirst(), -PILL_APART);
      gene(node, genes.getLast(), PILL_APART);
    }
    for (int node = 0; node < DartsEdge.NODES; node++) {
      List<Gene> genes = genotype.cell(type).into(node);
      svg.pill(pill(node, -PILL_APART), DartsStyle.of(genes.getFirst().operator()));
      svg.pill(pill(node, PILL_APART), DartsStyle.of(genes.getLast().operator()));
    }
    for (int state = 0; state < DartsEdge.INPUTS + DartsEdge.NODES; state++) {
      svg.node(state(state), RADIUS, DartsStyle.stateTitle(state));
    }
    svg.node(output(), RADIUS + 6, "output");
  }

  private void gene(int node, Gene gene, double rise) {
    OperatorStyle style = DartsStyle.of(gene.operator());
    Point to = state(DartsStyle.state(node));
    Point pill = pill(node, rise);
    double reach = Svg.pillWidth(style) / 2;
    String dashes = style.isDashed() ? "3 7" : "";
    Curve arriving = bend(pill.plus(reach, 0), to.plus(-RADIUS - GAP, rise / 3));
    svg.open(
        "%s → %s: %s"
            .formatted(
                DartsStyle.stateTitle(gene.source()),
                DartsStyle.stateTitle(DartsStyle.state(node)),
                gene.operator().label()));
    svg.stroke(
        bend(state(gene.source()).plus(RADIUS, 0), pill.plus(-reach, 0)),
        style.color(),
        2.4,
        dashes);
    svg.stroke(arriving, style.color(), 2.4, dashes);
    if (!style.isDashed()) {
      svg.head(arriving, style.color());
    }
    svg.close();
  }

  private Point pill(int node, double rise) {
    return state(DartsStyle.state(node)).plus(-PILL_BEFORE, rise);
  }

  private void toOutput(int node) {
    Curve curve =
        bend(state(DartsStyle.state(node)).plus(RADIUS, 0), output().plus(-RADIUS - 6 - GAP, 0));
    svg.stroke(curve, QUIET, 1.2, "");
    svg.head(curve, QUIET);
  }

  private Point state(int state) {
    if (state < DartsEdge.INPUTS) {
      return new Point(INPUT_X, top + TOP + STEP_Y * (0.5 + 2 * state));
    }
    int node = state - DartsEdge.INPUTS;
    return new Point(FIRST_X + STEP_X * node, top + TOP + STEP_Y * node);
  }

  private Point output() {
    return new Point(WIDTH - 40, top + TOP + 1.5 * STEP_Y);
  }

  /** Leaves and arrives level. */
  private static Curve bend(Point from, Point to) {
    double reach = Math.max(24, (to.x() - from.x()) / 2);
    return new Curve(from, from.plus(reach, 0), to.plus(-reach, 0), to);
  }
}
