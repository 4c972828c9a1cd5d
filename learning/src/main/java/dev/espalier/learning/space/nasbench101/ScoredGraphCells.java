package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.indicator.ScoredNetworks;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench101.GraphCell;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The networks of NAS-Bench-101 cells.
 *
 * @param plan the network of a cell
 */
record ScoredGraphCells(Torch torch, Function<GraphCell, GraphCellPlan> plan)
    implements ScoredNetworks<GraphCell> {
  @Override
  public List<ParameterSpecification> parameters(GraphCell cell) {
    return plan.apply(cell).parameters();
  }

  /** Every cell has a path. */
  @Override
  public boolean passes(GraphCell cell) {
    return true;
  }

  @Override
  public ScoredNetwork build(
      GraphCell cell,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    return new OfCell(new ModuleNetwork(torch, plan.apply(cell), source, precision, leaf));
  }

  private record OfCell(ModuleNetwork network) implements ScoredNetwork {
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
