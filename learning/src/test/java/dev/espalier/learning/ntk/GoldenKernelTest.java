package dev.espalier.learning.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.GoldenNetworks;
import dev.espalier.learning.network.GoldenNetworks.Golden;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Torch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * golden/tenas/networks.json: entries and eigenvalues relative to the largest, condition numbers
 * relative to themselves, in all definitions, by all methods.
 */
class GoldenKernelTest {
  private static final Map<String, KernelMethod> METHODS =
      Map.of(
          "autograd in float32", new AutogradKernel(Torch.cpu(), GoldenNetworks.PLAN),
          "autograd in float64",
              new AutogradKernel(Torch.cpu(), GoldenNetworks.PLAN, Precision.FLOAT64),
          "vectors", new VectorKernel(GoldenNetworks.PLAN));

  static Stream<Arguments> networksAndMethods() {
    return GoldenNetworks.all().stream()
        .flatMap(golden ->
            METHODS.keySet().stream().sorted().map(method -> Arguments.of(golden, method)));
  }

  @ParameterizedTest
  @MethodSource("networksAndMethods")
  void theSummedKernelIsThePublishedPrograms(Golden golden, String method) {
    Kernel kernel = kernel(golden, method, KernelDefinition.SUMMED);
    assertEntries(kernel, golden.numbers("ntk_sum"), tolerance(method));
    assertEigenvalues(kernel, golden.numbers("ntk_sum_eig"), tolerance(method));
    ConditionNumber condition = ConditionNumber.exact(kernel);
    if (isSingular(golden)) {
      // every image has the same logits: rank 1, and the published number is rounding
      assertThat(condition).isEqualTo(new ConditionNumber(null, true));
    } else {
      double expected = golden.numbers("ntk_sum_cond")[0];
      assertThat(condition.value()).isCloseTo(expected, within(1e-4 * expected));
      double reference = golden.numbers("reference_cond_f32")[0];
      assertThat(ConditionNumber.published(kernel.inSinglePrecision()).value())
          .isCloseTo(reference, within(1e-3 * reference));
    }
  }

  @ParameterizedTest
  @MethodSource("networksAndMethods")
  void theTraceIsTheMeanOverTheLogits(Golden golden, String method) {
    Kernel kernel = kernel(golden, method, KernelDefinition.TRACE);
    assertEntries(kernel, golden.numbers("ntk_trace"), tolerance(method));
  }

  @ParameterizedTest
  @MethodSource("networksAndMethods")
  void theFullKernelHasARowForEveryLogit(Golden golden, String method) {
    Kernel kernel = kernel(golden, method, KernelDefinition.FULL);
    assertEigenvalues(kernel, golden.numbers("ntk_full_eig"), tolerance(method));
    if (!isSingular(golden)) {
      double expected = golden.numbers("ntk_full_cond")[0];
      double share = method.equals("autograd in float64") ? 1e-3 : 1e-2;
      assertThat(ConditionNumber.exact(kernel).value())
          .isCloseTo(expected, within(share * expected));
    }
  }

  private static boolean isSingular(Golden golden) {
    return golden.name().equals("all_none");
  }

  private static double tolerance(String method) {
    return method.equals("autograd in float64") ? 1e-9 : 1e-5;
  }

  private static Kernel kernel(Golden golden, String method, KernelDefinition definition) {
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : GoldenNetworks.PLAN.parameters(golden.mask())) {
      parameters.put(each.name(), golden.weights().values(each));
    }
    float[] images = GoldenNetworks.floats("input_8x3x16x16.bin");
    return METHODS.get(method).kernel(definition, parameters, golden.mask(), images, 16, () -> {});
  }

  private static void assertEntries(Kernel kernel, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(kernel.entry(i / kernel.size(), i % kernel.size()))
          .isCloseTo(expected[i], within(tolerance * largest));
    }
  }

  private static void assertEigenvalues(Kernel kernel, double[] expected, double tolerance) {
    double[] actual = kernel.eigenvalues();
    assertThat(actual).hasSameSizeAs(expected);
    double largest = expected[expected.length - 1];
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * largest));
    }
  }
}
