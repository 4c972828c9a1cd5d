package dev.espalier.search.space.darts;

import dev.espalier.search.space.darts.DartsCell.Gene;
import java.util.ArrayList;
import java.util.List;

/**
 * Both cells in box-drawing characters, node by node:
 *
 * <pre>
 *   normal cell                             reduction cell
 *   k-2 ── sep 3×3 ───────╮                 k-2 ── max pool 3×3 ──╮
 *   k-1 ── sep 3×3 ───────┴─▶ 2             k-1 ── max pool 3×3 ──┴─▶ 2
 * </pre>
 */
final class GenotypeText {
  private static final int COLUMN = 40;
  private static final int LABEL = 14;

  private GenotypeText() {}

  static String of(Genotype genotype) {
    List<String> normal = cell(genotype, CellType.NORMAL);
    List<String> reduction = cell(genotype, CellType.REDUCTION);
    StringBuilder page = new StringBuilder();
    for (int row = 0; row < normal.size(); row++) {
      String line = " " + normal.get(row);
      page.append((line + " ".repeat(COLUMN - line.length()) + reduction.get(row)).stripTrailing())
          .append('\n');
    }
    return page.toString();
  }

  private static List<String> cell(Genotype genotype, CellType type) {
    List<String> lines = new ArrayList<>();
    lines.add(type == CellType.NORMAL ? "normal cell" : "reduction cell");
    for (int node = 0; node < DartsEdge.NODES; node++) {
      List<Gene> genes = genotype.cell(type).into(node);
      lines.add(gene(genes.getFirst()) + "╮");
      lines.add(gene(genes.getLast()) + "┴─▶ " + DartsStyle.stateTitle(DartsStyle.state(node)));
    }
    lines.add("2, 3, 4 and 5 ─▶ output");
    return lines;
  }

  private static String gene(Gene gene) {
    String label = " " + DartsStyle.of(gene.operator()).title() + " ";
    String source = DartsStyle.stateTitle(gene.source());
    return source
        + " ".repeat(4 - source.length())
        + "──"
        + label
        + "─".repeat(LABEL - label.length() + 2);
  }
}
