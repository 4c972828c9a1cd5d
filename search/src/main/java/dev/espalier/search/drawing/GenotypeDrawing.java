package dev.espalier.search.drawing;

import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.Genotype;

/** Pictures of genotypes: both cells, and the supernet that they come from. */
public final class GenotypeDrawing {
  private GenotypeDrawing() {}

  /** For a page: transparent ground, readable on light and dark. */
  public static String svg(Genotype genotype) {
    return GenotypeSvg.of(genotype);
  }

  /** For Graphviz, the cells as two clusters. */
  public static String dot(Genotype genotype) {
    return GenotypeDot.of(genotype);
  }

  /** For a terminal: both cells side by side, at most 76 columns, box-drawing characters. */
  public static String text(Genotype genotype) {
    return GenotypeText.of(genotype);
  }

  /**
   * A supernet being pruned: a row an edge, a column an operator, a dot where it is active, a ring
   * where it was removed.
   */
  public static String supernetSvg(DartsMask mask) {
    return DartsSupernetSvg.of(mask);
  }
}
