package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;

/** A network of MobileNetV3's elastic space. */
record ElasticTrainee(ElasticArchitecture architecture, ElasticNetwork network) implements Trainee {
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
          "a network of MobileNetV3 has no auxiliary head: set the auxiliaryWeight to 0");
    }
    return new MobileNetwork(
        torch, new ElasticPlan(architecture, network, classes, IMAGE_CHANNELS), weights);
  }
}
