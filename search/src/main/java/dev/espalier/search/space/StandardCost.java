package dev.espalier.search.space;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;

/**
 * What an architecture costs in the network that its space was published with for CIFAR images of
 * 32 x 32: cells of NAS-Bench-201 with C=16 and N=5, genotypes of DARTS with C=36 and 20 cells.
 *
 * @param parameters trainable numbers
 * @param macs multiply-accumulates of one image
 */
public record StandardCost(long parameters, long macs) {
  /** For data of 10 classes. */
  public static StandardCost of(Architecture architecture) {
    return of(architecture, DartsShape.CIFAR.classes());
  }

  public static StandardCost of(Architecture architecture, int classes) {
    return switch (architecture) {
      case Cell cell -> {
        NetworkCost cost = NetworkCost.of(cell, new NetworkShape(16, 5, classes, 32, 3));
        yield new StandardCost(cost.parameters(), cost.macs());
      }
      case Genotype genotype -> {
        DartsShape shape = new DartsShape(DartsShape.Stem.CIFAR, 36, 20, classes, 32, 3);
        DartsCost cost = DartsCost.of(genotype, shape);
        yield new StandardCost(cost.parameters(), cost.macs());
      }
      default ->
          throw new InvalidInput(
              "there is no standard network for %s".formatted(architecture.canonical()));
    };
  }
}
