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
      out.append("  subgraph cluster_").append(stage + 1).append(" {\n");
      out.append("    label=\"%s\"; color=\"#94a3b8\";\n".formatted(ElasticStage.title(stage)));
      List<ElasticBlock> blocks = architecture.stages().get(stage);
      for (int slot = 0; slot < blocks.size(); slot++) {
        OperatorStyle style = ElasticStyle.of(blocks.get(slot));
        out.append(
            "    %s [label=\"%s\", shape=box, fillcolor=\"%s\", color=\"%s\"];\n"
                .formatted(name(stage, slot), style.title(), style.color(), style.color()));
      }
      out.append("  }\n");
      for (int slot = 0; slot < blocks.size(); slot++) {
        String name = name(stage, slot);
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

  /** With the same digits in all languages. */
  private static String name(int stage, int slot) {
    return "b" + (stage + 1) + "_" + (slot + 1);
  }
}
