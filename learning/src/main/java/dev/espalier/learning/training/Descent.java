package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;

/**
 * A step down a loss of tensors: gradients, clipping, optimiser.
 *
 * @param clipping the largest norm that the gradients of all parameters together may have; 0 for
 *     any
 */
public record Descent(Torch torch, Optimizer optimizer, double clipping) {
  /**
   * Takes one step, unless the loss is infinite or undefined: then nothing changes.
   *
   * @param loss {@code []}, recorded in the open scope
   * @param rate the learning rate of this step
   * @return the loss
   */
  public double step(Tensor loss, double rate) {
    double value = loss.item();
    if (Double.isFinite(value)) {
      List<Tensor> gradients = Gradients.of(loss, optimizer.parameters());
      if (clipping > 0) {
        GradientClipping.clip(torch, gradients, clipping);
      }
      optimizer.step(gradients, rate);
    }
    return value;
  }
}
