package dev.espalier.learning.training;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;

/**
 * Shortens gradients whose norm, all parameters taken together, is above a limit (Pascanu, Mikolov
 * and Bengio 2013), as PyTorch's {@code clip_grad_norm_} does.
 */
final class GradientClipping {
  /** Keeps the quotient finite; PyTorch's. */
  private static final double TINY = 1e-6;

  private GradientClipping() {}

  /**
   * Shortens the gradients in place where they are too long.
   *
   * @param most the limit, above 0
   * @return their norm before
   */
  static double clip(Torch torch, List<Tensor> gradients, double most) {
    try (Scope _ = torch.inference()) {
      double squares = 0;
      for (Tensor gradient : gradients) {
        squares += gradient.square().sum().item();
      }
      double norm = Math.sqrt(squares);
      double factor = most / (norm + TINY);
      if (factor < 1) {
        Tensor shorter = torch.full(factor, gradients.getFirst().precision());
        gradients.forEach(gradient -> gradient.multiplyInPlace(shorter));
      }
      return norm;
    }
  }
}
