package dev.espalier.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropPathTest {
  private static final Torch TORCH = Torch.cpu();
  private static final String SKIPS =
      "|skip_connect~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|skip_connect~2|";
  private static final String CONVOLUTIONS =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

  @Test
  void eachImageKeepsOrLosesItsWholePath() {
    try (Scope _ = TORCH.inference()) {
      float[] ones = new float[2000 * 3];
      Arrays.fill(ones, 1);
      float[] kept =
          DropPath.drawn(TORCH, 0.2, stream()).apply(TORCH.tensor(ones, 2000, 3, 1, 1)).toFloats();
      RandomStream same = stream();
      double sum = 0;
      for (int image = 0; image < 2000; image++) {
        float expected = same.nextDouble() < 0.8 ? 1.25f : 0;
        assertThat(kept[3 * image]).isEqualTo(expected);
        assertThat(kept[3 * image + 2]).isEqualTo(expected);
        sum += expected;
      }
      assertThat(sum / 2000).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void withoutProbabilityNothingIsDrawn() {
    assertThat(DropPath.drawn(TORCH, 0, stream())).isSameAs(DropPath.NONE);
  }

  @Test
  void identitiesAreNeverDropped() {
    assertThat(answers(SKIPS, 0.6)).isEqualTo(answers(SKIPS, 0));
    assertThat(answers(CONVOLUTIONS, 0.6)).isNotEqualTo(answers(CONVOLUTIONS, 0));
    assertThat(answers(CONVOLUTIONS, 0.6)).isEqualTo(answers(CONVOLUTIONS, 0.6));
  }

  private static float[] answers(String cell, double probability) {
    try (Network network =
            new Network(
                TORCH,
                NetworkPlan.whole(2, 1, 4, 3),
                Cell.parse(cell).mask(),
                ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1));
        Scope _ = TORCH.inference()) {
      float[] pixels = new float[5 * 3 * 8 * 8];
      RandomStream.of(2).fillGaussian(pixels, 1);
      Tensor images = TORCH.tensor(pixels, 5, 3, 8, 8);
      return network
          .train(images, DropPath.drawn(TORCH, probability, stream()))
          .logits()
          .toFloats();
    }
  }

  private static RandomStream stream() {
    return RandomStream.of(3, "drop-path");
  }
}
