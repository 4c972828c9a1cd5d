package dev.espalier.learning.space.darts;

import dev.espalier.learning.indicator.ScoredNetworks;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.darts.CellType;
import dev.espalier.search.space.darts.DartsCell;
import dev.espalier.search.space.darts.DartsCell.Gene;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.Genotype;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The networks of genotypes. */
record GenotypeNetworks(Torch torch, DartsPlan plan) implements ScoredNetworks<Genotype> {
  @Override
  public List<ParameterSpecification> parameters(Genotype genotype) {
    return plan.parameters(genotype);
  }

  @Override
  public boolean passes(Genotype genotype) {
    boolean older = true;
    boolean newer = true;
    for (CellType type : plan.cells()) {
      boolean output = passes(genotype.cell(type), older, newer);
      older = newer;
      newer = output;
    }
    return newer;
  }

  private static boolean passes(DartsCell cell, boolean older, boolean newer) {
    boolean[] reached = new boolean[DartsEdge.INPUTS + DartsEdge.NODES];
    reached[0] = older;
    reached[1] = newer;
    boolean any = false;
    for (int node = 0; node < DartsEdge.NODES; node++) {
      for (Gene gene : cell.into(node)) {
        reached[DartsEdge.INPUTS + node] |=
            reached[gene.source()] && gene.operator() != DartsOperator.NONE;
      }
      any |= reached[DartsEdge.INPUTS + node];
    }
    return any;
  }

  @Override
  public ScoredNetwork build(
      Genotype genotype,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    return new OfGenotype(new DartsNetwork(torch, plan, genotype, source, precision, leaf));
  }

  private record OfGenotype(DartsNetwork network) implements ScoredNetwork {
    @Override
    public Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations) {
      return network.forward(images, phase, activations);
    }

    @Override
    public List<Tensor> leaves() {
      return network.leaves();
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
