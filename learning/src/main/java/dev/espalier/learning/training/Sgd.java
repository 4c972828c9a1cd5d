package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Stochastic gradient descent with momentum and weight decay, as PyTorch defines it: {@code g +=
 * decay w; v = momentum v + g; w -= rate (g + momentum v)} with Nesterov's momentum, {@code w -=
 * rate v} without. The momentum {@code v} is explicit and begins with zeros, or where a checkpoint
 * left it.
 */
final class Sgd implements AutoCloseable {
  private final Torch torch;
  private final double momentum;
  private final boolean nesterov;
  private final double weightDecay;
  private final List<Tensor> parameters;
  private final SequencedMap<String, Tensor> velocities = new LinkedHashMap<>();

  /**
   * @param parameters the leaves to train, by name
   * @param velocity the momentum of a parameter to begin with, row-major
   */
  Sgd(
      Torch torch,
      SequencedMap<String, Tensor> parameters,
      TrainingRecipe recipe,
      Function<String, float[]> velocity) {
    this.torch = torch;
    this.momentum = recipe.momentum();
    this.nesterov = recipe.nesterov();
    this.weightDecay = recipe.weightDecay();
    this.parameters = List.copyOf(parameters.values());
    parameters.forEach((name, parameter) ->
        velocities.put(name, torch.buffer(velocity.apply(name), parameter.shape())));
  }

  List<Tensor> parameters() {
    return parameters;
  }

  /** One step; the gradients, in the order of the parameters, are used up. */
  void step(List<Tensor> gradients, double rate) {
    try (Scope _ = torch.inference()) {
      Tensor negativeRate = torch.full(-rate, gradients.getFirst().precision());
      Tensor keep = torch.full(momentum, gradients.getFirst().precision());
      Tensor decay = torch.full(weightDecay, gradients.getFirst().precision());
      int next = 0;
      for (Tensor velocity : velocities.values()) {
        Tensor parameter = parameters.get(next);
        Tensor gradient = gradients.get(next);
        next++;
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

  List<NamedArray> momentum() {
    List<NamedArray> arrays = new ArrayList<>();
    velocities.forEach((name, velocity) -> arrays.add(NamedArray.of(name, velocity)));
    return arrays;
  }

  @Override
  public void close() {
    velocities.values().forEach(Tensor::close);
  }
}
