package dev.espalier.learning.features;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;

/** A residual network that learns to tell the classes of a collection, for its features. */
public record EncoderTrainee(ResidualShape shape) implements Trainee {
  /**
   * Its last stage is as wide as that of ResNet-18, the others are half as wide, with one block.
   */
  public static final EncoderTrainee SMALL =
      new EncoderTrainee(new ResidualShape(List.of(1, 1, 1, 1), List.of(32, 64, 128, 512)));

  @Override
  public String kind() {
    return "encoder";
  }

  @Override
  public String canonical() {
    return "residual blocks=%s widths=%s".formatted(shape.blocks(), shape.widths());
  }

  @Override
  public TrainableNetwork network(
      Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
    if (auxiliary) {
      throw new InvalidInput("an encoder has no auxiliary classifier: set auxiliaryWeight to 0");
    }
    return new ResidualNetwork(torch, shape, classes, weights);
  }
}
