package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.space.nasbench201.Cell;

/** The network of a NAS-Bench-201 cell. */
public record CellTrainee(Cell cell, int channels, int cells) implements Trainee {
  @Override
  public String kind() {
    return "cell";
  }

  @Override
  public String canonical() {
    return cell.canonical();
  }

  @Override
  public TrainableNetwork network(
      Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
    NetworkPlan plan = NetworkPlan.whole(channels, cells, classes, IMAGE_CHANNELS);
    return new Network(torch, auxiliary ? plan.withAuxiliaryHead() : plan, cell.mask(), weights);
  }
}
