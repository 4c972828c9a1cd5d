package dev.espalier.search.drawing;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.OperatorMask;
import dev.espalier.search.space.parallel.ParallelArchitecture;

/** Pictures of any architecture, as its space draws them. */
public final class Drawing {
  private Drawing() {}

  /** For a page: transparent ground, readable on light and dark. */
  public static String svg(Architecture architecture) {
    return switch (architecture) {
      case Cell cell -> CellDrawing.svg(cell);
      case Genotype genotype -> GenotypeDrawing.svg(genotype);
      case ParallelArchitecture layers -> LayersDrawing.svg(layers);
      default -> throw unknown(architecture);
    };
  }

  /** A supernet being pruned, for a page. */
  public static String supernetSvg(Supernet supernet) {
    return switch (supernet) {
      case OperatorMask mask -> CellDrawing.supernetSvg(mask);
      case DartsMask mask -> GenotypeDrawing.supernetSvg(mask);
      default ->
          throw new InvalidInput(
              "there is no drawing of supernets such as %s".formatted(supernet.canonical()));
    };
  }

  /** For Graphviz. */
  public static String dot(Architecture architecture) {
    return switch (architecture) {
      case Cell cell -> CellDrawing.dot(cell);
      case Genotype genotype -> GenotypeDrawing.dot(genotype);
      case ParallelArchitecture layers -> LayersDrawing.dot(layers);
      default -> throw unknown(architecture);
    };
  }

  /** For a terminal of eighty columns. */
  public static String text(Architecture architecture) {
    return switch (architecture) {
      case Cell cell -> CellDrawing.text(cell);
      case Genotype genotype -> GenotypeDrawing.text(genotype);
      case ParallelArchitecture layers -> LayersDrawing.text(layers);
      default -> throw unknown(architecture);
    };
  }

  private static InvalidInput unknown(Architecture architecture) {
    return new InvalidInput(
        "there is no drawing of architectures such as %s".formatted(architecture.canonical()));
  }
}
