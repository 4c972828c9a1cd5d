package dev.espalier.search.space.parallel;

import dev.espalier.search.drawing.OperatorStyle;

/** Layers for Graphviz. */
final class LayersDot {
  private LayersDot() {}

  static String of(ParallelArchitecture architecture) {
    int layers = architecture.layers().size();
    StringBuilder out = new StringBuilder(2048);
    out.append("digraph network {\n");
    out.append("  label=\"").append(architecture.canonical()).append("\";\n");
    out.append(
        "  bgcolor=\"transparent\"; rankdir=LR; fontname=\"Helvetica\"; fontcolor=\"#7b8798\";\n");
    out.append("  node [style=filled, fontname=\"Helvetica\", fontcolor=\"#ffffff\"];\n");
    out.append("  edge [color=\"#94a3b8\", penwidth=2];\n");
    for (int sum = 0; sum <= layers; sum++) {
      out.append(
          "  s%d [label=\"%s\", shape=circle, fillcolor=\"#475569\", color=\"#94a3b8\"];\n"
              .formatted(sum, sum == 0 ? "in" : sum == layers ? "out" : "+"));
    }
    for (int layer = 0; layer < layers; layer++) {
      for (Operation operation : architecture.layers().get(layer)) {
        OperatorStyle style = OperationStyle.of(operation);
        String name = "l%d_%s".formatted(layer + 1, operation.label());
        out.append(
            "  %s [label=\"%s\", shape=box, fillcolor=\"%s\", color=\"%s\"];\n"
                .formatted(name, style.title(), style.color(), style.color()));
        out.append("  s%d -> %s -> s%d;\n".formatted(layer, name, layer + 1));
      }
    }
    return out.append("}\n").toString();
  }
}
