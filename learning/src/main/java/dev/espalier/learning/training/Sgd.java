package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;
import java.util.SequencedMap;

/**
 * Stochastic gradient descent with momentum and weight decay, as PyTorch defines it: {@code g +=
 * decay w; v = momentum v + g; w -= rate (g + momentum v)} with Nesterov's momentum, {@code w -=
 * rate v} without. The momentum {@code v} begins with zeros, or where a checkpoint left it.
 */
final class Sgd implements Optimizer {
  private final Torch torch;
  private final double momentum;
  private final boolean nesterov;
  private final double weightDecay;
  private final List<Tensor> parameters;
  private final OptimizerMemory memory;
  private final List<Tensor> velocities;

  /**
   * @param parameters the leaves to train, by name
   */
  Sgd(
      Torch torch,
      SequencedMap<String, Tensor> parameters,
      TrainingRecipe recipe,
      Optimizer.Memory from) {
    this.torch = torch;
    this.momentum = recipe.basics().momentum();
    this.nesterov = recipe.basics().nesterov();
    this.weightDecay = recipe.basics().weightDecay();
    this.parameters = List.copyOf(parameters.values());
    this.memory = new OptimizerMemory(torch, "momentum", parameters, from);
    this.velocities = memory.tensors();
  }

  @Override
  public List<Tensor> parameters() {
    return parameters;
  }

  @Override
  public void step(List<Tensor> gradients, double rate) {
    try (Scope _ = torch.inference()) {
      Tensor negativeRate = torch.full(-rate, gradients.getFirst().precision());
      Tensor keep = torch.full(momentum, gradients.getFirst().precision());
      Tensor decay = torch.full(weightDecay, gradients.getFirst().precision());
      for (int i = 0; i < velocities.size(); i++) {
        Tensor velocity = velocities.get(i);
        Tensor parameter = parameters.get(i);
        Tensor gradient = gradients.get(i);
        if (weightDecay > 0) {
          gradient.addInPlace(parameter.multiply(decay));
        }
        velocity.multiplyInPlace(keep);
        velocity.addInPlace(gradient);
        if (nesterov) {
          gradient.addInPlace(velocity.multiply(keep));
          gradient.multiplyInPlace(negativeRate);
          parameter.addInPlace(gradient);
        } else {
          parameter.addInPlace(velocity.multiply(negativeRate));
        }
      }
    }
  }

  @Override
  public List<NamedArray> memory() {
    return memory.arrays();
  }

  @Override
  public void close() {
    memory.close();
  }
}
