package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;

/** The network of a NAS-Bench-101 cell. */
public record GraphCellTrainee(GraphCell cell, GraphCellNetwork network) implements Trainee {
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
    if (auxiliary) {
      throw new InvalidInput(
          "a network of NAS-Bench-101 has no auxiliary head: set the auxiliaryWeight to 0");
    }
    return new ModuleNetwork(
        torch, GraphCellPlan.whole(cell, network, classes, IMAGE_CHANNELS), weights);
  }
}
