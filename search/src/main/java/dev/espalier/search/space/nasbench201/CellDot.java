package dev.espalier.search.space.nasbench201;

import dev.espalier.search.drawing.OperatorStyle;
import java.util.Locale;

/** A cell for Graphviz. */
final class CellDot {
  private CellDot() {}

  static String of(Cell cell) {
    StringBuilder out = new StringBuilder(1024);
    out.append("digraph cell {\n");
    out.append("  label=\"").append(cell.canonical()).append("\";\n");
    out.append(
        "  bgcolor=\"transparent\"; rankdir=LR; fontname=\"Helvetica\"; fontcolor=\"#7b8798\";\n");
    out.append(
        "  node [shape=circle, style=filled, fillcolor=\"#475569\", color=\"#94a3b8\", fontcolor=\"#ffffff\","
            + " fontname=\"Helvetica\"];\n");
    out.append("  edge [fontname=\"Helvetica\", penwidth=2];\n");
    for (int node = 0; node < Edge.NODES; node++) {
      out.append("  %d [label=\"%s\"];\n".formatted(node, CellStyle.nodeTitle(node)));
    }
    for (Edge edge : Edge.ALL) {
      Operator operator = cell.on(edge.index());
      OperatorStyle style = CellStyle.of(operator);
      out.append(
          String.format(
              Locale.ROOT,
              "  %d -> %d [label=\"%s\", color=\"%s\", fontcolor=\"%s\"%s];\n",
              edge.source(),
              edge.target(),
              operator.label(),
              style.color(),
              style.color(),
              style.isDashed() ? ", style=dotted, arrowhead=none" : ""));
    }
    return out.append("}\n").toString();
  }
}
