package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.indicator.ScoredNetworks;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The networks of NAS-Bench-201 cells. */
record CellNetworks(Torch torch, NetworkPlan plan) implements ScoredNetworks<Cell> {
  @Override
  public List<ParameterSpecification> parameters(Cell cell) {
    return plan.parameters(cell.mask());
  }

  @Override
  public boolean passes(Cell cell) {
    boolean[] reached = new boolean[Edge.NODES];
    reached[0] = true;
    for (Edge edge : Edge.ALL) {
      reached[edge.target()] |= reached[edge.source()] && cell.on(edge.index()) != Operator.NONE;
    }
    return reached[Edge.NODES - 1];
  }

  @Override
  public ScoredNetwork build(
      Cell cell,
      ParameterSource source,
      Precision precision,
      Predicate<ParameterSpecification> leaf) {
    return new OfCell(new Network(torch, plan, cell.mask(), source, precision, leaf));
  }

  private record OfCell(Network network) implements ScoredNetwork {
    @Override
    public Tensor forward(Tensor images, Phase phase, Consumer<Tensor> activations) {
      return network.forward(images, network.mask(), phase, activations);
    }

    @Override
    public List<Tensor> leaves() {
      return network.leaves(network.mask());
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
