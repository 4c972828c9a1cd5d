package dev.espalier.learning.space.nasbench201.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.network.GoldenNetworks;
import dev.espalier.learning.space.nasbench201.network.GoldenNetworks.Golden;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Torch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
  private static final List<Method> METHODS =
      List.of(
          new Method(
              "autograd in float32", new AutogradKernel(Torch.cpu(), GoldenNetworks.PLAN), 1e-5),
          new Method(
              "autograd in float64",
              new AutogradKernel(Torch.cpu(), GoldenNetworks.PLAN, Precision.FLOAT64),
              1e-9),
          new Method("vectors", new VectorKernel(GoldenNetworks.PLAN), 1e-5),
          new Method(
              "tensors in float32", new TensorKernel(Torch.cpu(), GoldenNetworks.PLAN), 1e-5),
          new Method(
              "tensors in float64",
              new TensorKernel(Torch.cpu(), GoldenNetworks.PLAN, Precision.FLOAT64),
              1e-9));

  /**
   * @param tolerance of entries and eigenvalues, relative to the largest
   */
  record Method(String name, KernelMethod kernels, double tolerance) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> networksAndMethods() {
    return GoldenNetworks.all().stream()
        .flatMap(golden -> METHODS.stream().map(method -> Arguments.of(golden, method)));
  }

  @ParameterizedTest
  @MethodSource("networksAndMethods")
  void theSummedKernelIsThePublishedPrograms(Golden golden, Method method) {
    Kernel kernel = kernel(golden, method, KernelDefinition.SUMMED);
    assertEntries(kernel, golden.numbers("ntk_sum"), method.tolerance());
    assertEigenvalues(kernel, golden.numbers("ntk_sum_eig"), method.tolerance());
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

  /** Those that do not compute the full kernel for it. */
  static Stream<Arguments> networksAndMergedMethods() {
    return networksAndMethods()
        .filter(each -> !(((Method) each.get()[1]).kernels() instanceof AutogradKernel));
  }

  @ParameterizedTest
  @MethodSource("networksAndMergedMethods")
  void theTraceIsTheMeanOverTheLogits(Golden golden, Method method) {
    Kernel kernel = kernel(golden, method, KernelDefinition.TRACE);
    assertEntries(kernel, golden.numbers("ntk_trace"), method.tolerance());
  }

  @ParameterizedTest
  @MethodSource("networksAndMethods")
  void theFullKernelHasARowForEveryLogit(Golden golden, Method method) {
    Kernel kernel = kernel(golden, method, KernelDefinition.FULL);
    assertEigenvalues(kernel, golden.numbers("ntk_full_eig"), method.tolerance());
    Kernel trace = kernel.meanOf(GoldenNetworks.PLAN.classes());
    assertEntries(trace, golden.numbers("ntk_trace"), method.tolerance());
    if (!isSingular(golden)) {
      double expected = golden.numbers("ntk_full_cond")[0];
      double share = method.tolerance() < 1e-6 ? 1e-3 : 1e-2;
      assertThat(ConditionNumber.exact(kernel).value())
          .isCloseTo(expected, within(share * expected));
    }
  }

  private static boolean isSingular(Golden golden) {
    return golden.name().equals("all_none");
  }

  private static Kernel kernel(Golden golden, Method method, KernelDefinition definition) {
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : GoldenNetworks.PLAN.parameters(golden.mask())) {
      parameters.put(each.name(), golden.weights().values(each));
    }
    float[] images = GoldenNetworks.floats("input_8x3x16x16.bin");
    return method.kernels().kernel(definition, parameters, golden.mask(), images, 16, () -> {});
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
