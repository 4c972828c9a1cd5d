package dev.espalier.learning.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** snip, grad-norm and synflow of two linear layers with a ReLU between them, by hand. */
class WeightGradientsTest {
  private final Torch torch = Torch.cpu();

  /**
   * Input (1, 2), first layer ((1, 0), (0, -1)), hidden (1, 0), second ((1, 1), (-1, 0)), logits
   * (1, -1), class 0. With q the softmax of class 1: the logits' gradients are (-q, q), the second
   * layer's ((-q, 0), (q, 0)), the hidden ones' (-2q, -q) of which the ReLU lets the first through,
   * so the first layer's are ((-2q, -4q), (0, 0)).
   */
  @Test
  void snipAndGradNormAreThoseOfTheCrossEntropy() {
    double q = 1 / (1 + Math.exp(2));
    try (Tensor first = torch.leaf(new double[] {1, 0, 0, -1}, 2, 2);
        Tensor second = torch.leaf(new double[] {1, 1, -1, 0}, 2, 2);
        Scope _ = torch.recording()) {
      Tensor input = torch.tensor(new double[] {1, 2}, 1, 2);
      WeightGradients gradients =
          WeightGradients.ofLoss(
              torch, logits(input, first, second), new int[] {0}, List.of(first, second));

      assertThat(gradients.norm()).isCloseTo(q * (Math.sqrt(4 + 16) + Math.sqrt(2)), within(1e-12));
      assertThat(gradients.saliency()).isCloseTo(q * (2 + 1 + 1), within(1e-12));
    }
  }

  /** Absolute weights: hidden (1, 1), outputs 2 and 1; each layer passes on the whole flow of 3. */
  @Test
  void everyLayerInSeriesCarriesTheWholeFlow() {
    try (Tensor first = torch.leaf(new double[] {1, 0, 0, 1}, 2, 2);
        Tensor second = torch.leaf(new double[] {1, 1, 1, 0}, 2, 2);
        Scope _ = torch.recording()) {
      Tensor ones = torch.full(1, Precision.FLOAT64, 1, 2);
      WeightGradients gradients =
          WeightGradients.ofSum(logits(ones, first, second), List.of(first, second));

      assertThat(gradients.saliency()).isCloseTo(3 + 3, within(1e-12));
    }
  }

  private Tensor logits(Tensor input, Tensor first, Tensor second) {
    Tensor none = torch.full(0, Precision.FLOAT64, 2);
    return Ops.linear(Ops.relu(Ops.linear(input, first, none)), second, none);
  }
}
