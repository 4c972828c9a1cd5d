package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Against PyTorch's definition (torch.nn.utils.clip_grad_norm_), by hand: 3, 4 and 12 have norm 13.
 */
class GradientClippingTest {
  private static final Torch TORCH = Torch.cpu();

  @Test
  void longGradientsAreShortenedTogether() {
    try (Scope _ = TORCH.inference()) {
      List<Tensor> gradients = gradients();
      assertThat(GradientClipping.clip(TORCH, gradients, 6.5)).isCloseTo(13, within(1e-6));
      assertThat(gradients.getFirst().toFloats())
          .containsExactly(new float[] {1.5f, 2}, within(1e-5f));
      assertThat(gradients.getLast().toFloats()).containsExactly(new float[] {-6}, within(1e-5f));
    }
  }

  @Test
  void shortGradientsStayAsTheyAre() {
    try (Scope _ = TORCH.inference()) {
      List<Tensor> gradients = gradients();
      assertThat(GradientClipping.clip(TORCH, gradients, 13.1)).isCloseTo(13, within(1e-6));
      assertThat(gradients.getFirst().toFloats()).containsExactly(3, 4);
      assertThat(gradients.getLast().toFloats()).containsExactly(-12);
    }
  }

  private static List<Tensor> gradients() {
    return List.of(TORCH.tensor(new float[] {3, 4}, 2), TORCH.tensor(new float[] {-12}, 1, 1));
  }
}
