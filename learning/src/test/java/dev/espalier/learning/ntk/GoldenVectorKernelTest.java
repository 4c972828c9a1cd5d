package dev.espalier.learning.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.GoldenNetworks;
import dev.espalier.learning.network.GoldenNetworks.Golden;
import dev.espalier.learning.network.ParameterSpecification;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * golden/tenas/networks.json with the processor's vectors, all three definitions: entries and
 * eigenvalues within 1e-5 of the largest.
 */
class GoldenVectorKernelTest {
  private final VectorKernel kernels = new VectorKernel(GoldenNetworks.PLAN);

  static List<Golden> networks() {
    return GoldenNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theSummedKernelIsThePublishedPrograms(Golden golden) {
    Kernel kernel = kernel(golden, KernelDefinition.SUMMED);
    assertEntries(kernel, golden.numbers("ntk_sum"));
    assertEigenvalues(kernel.eigenvalues(), golden.numbers("ntk_sum_eig"));
    if (golden.name().equals("all_none")) {
      assertThat(ConditionNumber.exact(kernel)).isEqualTo(new ConditionNumber(null, true));
    } else {
      double expected = golden.numbers("ntk_sum_cond")[0];
      assertThat(ConditionNumber.exact(kernel).value())
          .isCloseTo(expected, within(1e-4 * expected));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theTraceIsTheMeanOverTheLogits(Golden golden) {
    assertEntries(kernel(golden, KernelDefinition.TRACE), golden.numbers("ntk_trace"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theFullKernelHasARowForEveryLogit(Golden golden) {
    Kernel kernel = kernel(golden, KernelDefinition.FULL);
    assertEigenvalues(kernel.eigenvalues(), golden.numbers("ntk_full_eig"));
    if (!golden.name().equals("all_none")) {
      double expected = golden.numbers("ntk_full_cond")[0];
      assertThat(ConditionNumber.exact(kernel).value())
          .isCloseTo(expected, within(1e-2 * expected));
    }
  }

  private Kernel kernel(Golden golden, KernelDefinition definition) {
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : GoldenNetworks.PLAN.parameters(golden.mask())) {
      parameters.put(each.name(), golden.weights().values(each));
    }
    float[] images = GoldenNetworks.floats("input_8x3x16x16.bin");
    return kernels.kernel(definition, parameters, golden.mask(), images, 16, () -> {});
  }

  private static void assertEntries(Kernel kernel, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(kernel.entry(i / kernel.size(), i % kernel.size()))
          .isCloseTo(expected[i], within(1e-5 * largest));
    }
  }

  private static void assertEigenvalues(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = expected[expected.length - 1];
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5 * largest));
    }
  }
}
