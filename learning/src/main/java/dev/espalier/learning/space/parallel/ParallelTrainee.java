package dev.espalier.learning.space.parallel;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;

/** A network whose layers sum several operations. */
public record ParallelTrainee(MacroShape shape, ParallelArchitecture architecture)
    implements Trainee {
  @Override
  public String kind() {
    return "architecture";
  }

  @Override
  public String canonical() {
    return architecture.canonical();
  }

  @Override
  public TrainableNetwork network(
      Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
    if (auxiliary) {
      throw new InvalidInput(
          "a network of parallel operations has no auxiliary head: set the auxiliaryWeight to 0");
    }
    return new ParallelNetwork(
        torch, new ParallelPlan(shape, architecture, classes, IMAGE_CHANNELS), weights);
  }
}
