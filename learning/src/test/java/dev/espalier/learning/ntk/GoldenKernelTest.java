package dev.espalier.learning.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.GoldenNetworks;
import dev.espalier.learning.network.GoldenNetworks.Golden;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * golden/tenas/networks.json: kernel entries and eigenvalues within 1e-4 of the largest, condition
 * numbers within 1e-3.
 */
class GoldenKernelTest {
  private final Torch torch = Torch.cpu();

  static List<Golden> networks() {
    return GoldenNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void entriesEigenvaluesAndConditionAreThoseOfThePublishedProgram(Golden golden) {
    JacobianRows rows = rows(golden);
    Kernel kernel = rows.kernel();
    assertClose(kernel, golden.numbers("ntk_sum"));
    assertClose(kernel.eigenvalues(), golden.numbers("ntk_sum_eig"));
    ConditionNumber condition = ConditionNumber.exact(kernel);
    if (golden.name().equals("all_none")) {
      // every image has the same logits: rank 1, and the published number is rounding
      assertThat(condition).isEqualTo(new ConditionNumber(null, true));
    } else {
      double expected = golden.numbers("ntk_sum_cond")[0];
      assertThat(condition.value()).isCloseTo(expected, within(1e-3 * expected));
      double reference = golden.numbers("reference_cond_f32")[0];
      assertThat(ConditionNumber.published(rows.singlePrecisionKernel()).value())
          .isCloseTo(reference, within(1e-3 * reference));
    }
  }

  private JacobianRows rows(Golden golden) {
    try (Network network =
            new Network(
                torch,
                GoldenNetworks.PLAN,
                golden.mask(),
                golden.weights(),
                Precision.FLOAT32,
                parameter -> parameter.kind().isWeight());
        Tensor images = torch.buffer(GoldenNetworks.floats("input_8x3x16x16.bin"), 8, 3, 16, 16)) {
      return AutogradKernel.rows(torch, network, golden.mask(), images, () -> {});
    }
  }

  private static void assertClose(Kernel kernel, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(kernel.entry(i / kernel.size(), i % kernel.size()))
          .isCloseTo(expected[i], within(1e-4 * largest));
    }
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = expected[expected.length - 1];
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4 * largest));
    }
  }
}
