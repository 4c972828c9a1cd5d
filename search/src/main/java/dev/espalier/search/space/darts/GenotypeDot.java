package dev.espalier.search.space.darts;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.space.darts.DartsCell.Gene;

/** Both cells for Graphviz. */
final class GenotypeDot {
  private GenotypeDot() {}

  static String of(Genotype genotype) {
    StringBuilder out = new StringBuilder(4096);
    out.append("digraph genotype {\n");
    out.append("  label=\"").append(genotype.canonical()).append("\";\n");
    out.append(
        "  bgcolor=\"transparent\"; rankdir=LR; fontname=\"Helvetica\"; fontcolor=\"#7b8798\";\n");
    out.append(
        "  node [shape=circle, style=filled, fillcolor=\"#475569\", color=\"#94a3b8\", fontcolor=\"#ffffff\","
            + " fontname=\"Helvetica\"];\n");
    out.append("  edge [fontname=\"Helvetica\", penwidth=2];\n");
    for (CellType type : CellType.ALL) {
      cell(out, genotype, type);
    }
    return out.append("}\n").toString();
  }

  private static void cell(StringBuilder out, Genotype genotype, CellType type) {
    String cell = type.label();
    out.append(
        "  subgraph cluster_%s {\n    label=\"%s\"; color=\"#94a3b8\";\n".formatted(cell, cell));
    for (int state = 0; state < DartsEdge.INPUTS + DartsEdge.NODES; state++) {
      out.append(
          "    %s_%d [label=\"%s\"];\n".formatted(cell, state, DartsStyle.stateTitle(state)));
    }
    out.append("    %s_output [label=\"output\"];\n".formatted(cell));
    for (int node = 0; node < DartsEdge.NODES; node++) {
      for (Gene gene : genotype.cell(type).into(node)) {
        OperatorStyle style = DartsStyle.of(gene.operator());
        out.append(
            "    %s_%d -> %s_%d [label=\"%s\", color=\"%s\", fontcolor=\"%s\"%s];\n"
                .formatted(
                    cell,
                    gene.source(),
                    cell,
                    DartsStyle.state(node),
                    gene.operator().label(),
                    style.color(),
                    style.color(),
                    style.isDashed() ? ", style=dotted, arrowhead=none" : ""));
      }
    }
    for (int node = 0; node < DartsEdge.NODES; node++) {
      out.append(
          "    %s_%d -> %s_output [color=\"#94a3b8\", penwidth=1];\n"
              .formatted(cell, DartsStyle.state(node), cell));
    }
    out.append("  }\n");
  }
}
