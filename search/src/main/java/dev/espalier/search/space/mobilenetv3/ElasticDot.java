package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.drawing.OperatorStyle;
import java.util.List;

/** A network for Graphviz: its stages as boxes, one after another. */
final class ElasticDot {
  private ElasticDot() {}

  static String of(ElasticArchitecture architecture) {
    StringBuilder out = new StringBuilder(4096);
    out.append("digraph network {\n");
    out.append("  label=\"").append(architecture.canonical()).append("\";\n");
    out.append(
        "  bgcolor=\"transparent\"; rankdir=LR; fontname=\"Helvetica\"; fontcolor=\"#7b8798\";\n");
    out.append("  node [style=filled, fontname=\"Helvetica\", fontcolor=\"#ffffff\"];\n");
    out.append("  edge [color=\"#94a3b8\", penwidth=2];\n");
    end(out, "input");
    String before = "input";
    for (int stage = 0; stage < ElasticArchitecture.STAGES; stage++) {
      out.append("  subgraph cluster_%d {\n".formatted(stage + 1));
      out.append("    label=\"%s\"; color=\"#94a3b8\";\n".formatted(ElasticStage.title(stage)));
      List<ElasticBlock> blocks = architecture.stages().get(stage);
      for (int slot = 0; slot < blocks.size(); slot++) {
        OperatorStyle style = ElasticStyle.of(blocks.get(slot));
        out.append(
            "    b%d_%d [label=\"%s\", shape=box, fillcolor=\"%s\", color=\"%s\"];\n"
                .formatted(stage + 1, slot + 1, style.title(), style.color(), style.color()));
      }
      out.append("  }\n");
      for (int slot = 0; slot < blocks.size(); slot++) {
        String name = "b%d_%d".formatted(stage + 1, slot + 1);
        out.append("  %s -> %s;\n".formatted(before, name));
        before = name;
      }
    }
    end(out, "output");
    out.append("  %s -> output;\n".formatted(before));
    return out.append("}\n").toString();
  }

  private static void end(StringBuilder out, String name) {
    out.append(
        "  %s [label=\"%s\", shape=circle, fillcolor=\"#475569\", color=\"#94a3b8\"];\n"
            .formatted(name, name));
  }
}
