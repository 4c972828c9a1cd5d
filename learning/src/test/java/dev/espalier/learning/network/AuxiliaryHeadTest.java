package dev.espalier.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.space.nasbench201.network.Network;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuxiliaryHeadTest {
  private static final Torch TORCH = Torch.cpu();
  private static final Cell CELL =
      Cell.parse("|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|none~2|");

  /** Behind 144 channels: 18,432 + 256, 393,216 + 1,536, 7,690. */
  @Test
  void hasTheParametersOfThePublishedHead() {
    assertThat(
            AuxiliaryHead.parameters(144, 10).stream().mapToInt(ParameterSpecification::size).sum())
        .isEqualTo(421_130);
  }

  @ParameterizedTest(name = "images of {0} pixels")
  @ValueSource(ints = {8, 16, 28, 32})
  void answersBesideTheNetworkAndChangesNothingOfIt(int side) {
    NetworkPlan plan = NetworkPlan.whole(2, 1, 4, 3);
    float[] pixels = new float[3 * 3 * side * side];
    RandomStream.of(2).fillGaussian(pixels, 1);
    try (Network plain = network(plan);
        Network headed = network(plan.withAuxiliaryHead());
        Scope _ = TORCH.inference()) {
      Tensor images = TORCH.tensor(pixels, 3, 3, side, side);
      Outputs outputs = headed.train(images, DropPath.NONE);
      assertThat(outputs.logits().toFloats())
          .isEqualTo(plain.train(images, DropPath.NONE).logits().toFloats());
      assertThat(outputs.auxiliary().orElseThrow().shape()).containsExactly(3, 4);
      assertThat(headed.forward(images, Phase.EVALUATE).toFloats())
          .isEqualTo(plain.forward(images, Phase.EVALUATE).toFloats());
      assertThat(plain.train(images, DropPath.NONE).auxiliary()).isEmpty();
    }
  }

  private static Network network(NetworkPlan plan) {
    return new Network(
        TORCH, plan, CELL.mask(), ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1));
  }
}
