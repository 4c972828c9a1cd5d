package dev.espalier.learning.space.nasbench201.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.Phase;
import dev.espalier.learning.space.nasbench201.network.GoldenNetworks.Golden;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** golden/tenas/networks.json: logits within 1e-5 in single, 1e-11 in double precision. */
class GoldenLogitsTest {
  private final Torch torch = Torch.cpu();

  static List<Golden> networks() {
    return GoldenNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trainAndThenEvaluateLikeThePublishedProgram(Golden golden) {
    try (Network network = network(golden, Precision.FLOAT32);
        Scope _ = torch.inference()) {
      Tensor images = torch.tensor(GoldenNetworks.floats("input_8x3x16x16.bin"), 8, 3, 16, 16);
      assertLogits(network.forward(images, Phase.TRAIN), golden, "logits_train_f32", 1e-5);
      assertLogits(
          network.forward(images, Phase.EVALUATE),
          golden,
          "logits_eval_after_one_train_forward_f32",
          1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreeToElevenDigitsInDoublePrecision(Golden golden) {
    float[] pixels = GoldenNetworks.floats("input_8x3x16x16.bin");
    double[] wide = new double[pixels.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = pixels[i];
    }
    try (Network network = network(golden, Precision.FLOAT64);
        Scope _ = torch.inference()) {
      Tensor logits = network.forward(torch.tensor(wide, 8, 3, 16, 16), Phase.TRAIN);
      assertLogits(logits, golden, "logits_train_f64", 1e-11);
    }
  }

  private Network network(Golden golden, Precision precision) {
    return new Network(
        torch, GoldenNetworks.PLAN, golden.mask(), golden.weights(), precision, parameter -> false);
  }

  private static void assertLogits(Tensor logits, Golden golden, String field, double tolerance) {
    assertThat(logits.shape()).containsExactly(8, 10);
    double[] actual = logits.toDoubles();
    double[] expected = golden.numbers(field);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
