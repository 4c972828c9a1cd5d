package dev.espalier.search.space.nasbench101;

import dev.espalier.search.drawing.OperatorStyle;

/** A cell for Graphviz. */
final class GraphCellDot {
  private GraphCellDot() {}

  static String of(GraphCell cell) {
    StringBuilder out = new StringBuilder(1024);
    out.append("digraph cell {\n");
    out.append("  label=\"").append(cell.canonical()).append("\";\n");
    out.append(
        "  bgcolor=\"transparent\"; rankdir=LR; fontname=\"Helvetica\"; fontcolor=\"#7b8798\";\n");
    out.append("  node [style=filled, fontname=\"Helvetica\", fontcolor=\"#ffffff\"];\n");
    out.append("  edge [color=\"#94a3b8\", penwidth=2];\n");
    for (int vertex = 0; vertex < cell.vertices(); vertex++) {
      out.append(node(cell, vertex));
    }
    for (int target = 1; target < cell.vertices(); target++) {
      for (int source : cell.sources(target)) {
        out.append("  v%d -> v%d;\n".formatted(source, target));
      }
    }
    return out.append("}\n").toString();
  }

  private static String node(GraphCell cell, int vertex) {
    String title = VertexStyle.title(cell, vertex);
    if (vertex == 0 || vertex == cell.output()) {
      return "  v%d [label=\"%s\", shape=circle, fillcolor=\"#475569\", color=\"#94a3b8\"];\n"
          .formatted(vertex, title);
    }
    OperatorStyle style = VertexStyle.of(cell.operation(vertex));
    return "  v%d [label=\"%s\", shape=box, fillcolor=\"%s\", color=\"%s\"];\n"
        .formatted(vertex, title, style.color(), style.color());
  }
}
