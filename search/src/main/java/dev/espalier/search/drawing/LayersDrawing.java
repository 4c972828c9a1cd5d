package dev.espalier.search.drawing;

import dev.espalier.search.space.parallel.ParallelArchitecture;

/** Pictures of networks whose layers sum parallel operations. */
public final class LayersDrawing {
  private LayersDrawing() {}

  /** For a page: transparent ground, readable on light and dark. */
  public static String svg(ParallelArchitecture architecture) {
    return LayersSvg.of(architecture);
  }

  /** For Graphviz. */
  public static String dot(ParallelArchitecture architecture) {
    return LayersDot.of(architecture);
  }

  /** For a terminal: five layers side by side, at most 76 columns, box-drawing characters. */
  public static String text(ParallelArchitecture architecture) {
    return LayersText.of(architecture);
  }
}
