package dev.espalier.learning.space.nasbench201.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every merged method keeps: autograd's kernel in double precision. One activation of a
 * million with another sign in single precision moves entries by 6e-4 of the largest (fast-ntk.md,
 * section 6); the seeds here have none.
 */
class MergedKernelTest {
  private static final List<Method> METHODS =
      List.of(
          new Method("vectors", VectorKernel::new, 5e-6),
          new Method("tensors", plan -> new TensorKernel(Torch.cpu(), plan), 5e-6),
          new Method(
              "tensors in float64",
              plan -> new TensorKernel(Torch.cpu(), plan, Precision.FLOAT64),
              1e-10),
          new Method(
              "tensors in small pieces", // blocks of a few rows, a few images at a time
              plan ->
                  new TensorKernel(
                      Torch.cpu(), plan, Precision.FLOAT64, new TensorMemory(600_000, 40_000)),
              1e-10));

  /**
   * @param tolerance of entries, relative to the largest
   */
  private record Method(
      String name, Function<NetworkPlan, KernelMethod> kernels, double tolerance) {}

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void partlyPrunedSupernetsGiveAutogradsKernel(long seed) {
    assertClose(NetworkPlan.whole(3, 1, 10, 3), pruned(seed), 20, 8, seed);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2, 17", "2, 2, 3, 24", "4, 1, 12, 33", "5, 2, 7, 3"})
  void anyWidthDepthAndBatchDo(int channels, int cells, int classes, int batch) {
    assertClose(NetworkPlan.whole(channels, cells, classes, 3), pruned(channels), batch, 12, 1);
  }

  @Test
  void aSupernetWithDeadNodesGivesAutogradsKernel() {
    OperatorMask mask =
        OperatorMask.parse(
            "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|none,nor_conv_3x3~0|none~1|none~2|");
    assertClose(NetworkPlan.whole(3, 1, 10, 3), mask, 9, 16, 2);
  }

  @Test
  void aSupernetWhoseCellsLetNothingThroughGivesAutogradsKernel() {
    OperatorMask mask =
        OperatorMask.parse("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|none~2|");
    assertClose(NetworkPlan.whole(3, 1, 10, 3), mask, 5, 8, 2);
  }

  @Test
  void theSameInstanceForgetsTheNetworkBefore() {
    NetworkPlan plan = NetworkPlan.whole(3, 1, 10, 3);
    for (Method method : METHODS) {
      KernelMethod kernels = method.kernels().apply(plan);
      Kernel first = kernel(kernels, plan, pruned(1), 30, 16, 1);
      kernel(kernels, plan, pruned(2), 30, 16, 2);
      kernel(kernels, plan, pruned(3), 20, 16, 2);
      assertThat(entries(kernel(kernels, plan, pruned(1), 30, 16, 1)))
          .as(method.name())
          .isEqualTo(entries(first));
    }
  }

  @Test
  void aKernelOfMoreLogitsThanAveragesMixesTheAverages() {
    NetworkPlan plan = NetworkPlan.whole(1, 1, 7, 3); // 4 averages
    for (KernelDefinition definition : KernelDefinition.values()) {
      Kernel expected =
          new AutogradKernel(Torch.cpu(), plan, Precision.FLOAT64)
              .kernel(definition, parameters(plan, 3), pruned(3), images(6, 8, 3), 8, () -> {});
      for (Method method : METHODS) {
        Kernel actual =
            method
                .kernels()
                .apply(plan)
                .kernel(definition, parameters(plan, 3), pruned(3), images(6, 8, 3), 8, () -> {});
        assertClose(actual, expected, method);
      }
    }
  }

  @Test
  void aMeasurementEndsWhereItIsToldTo() {
    NetworkPlan plan = NetworkPlan.whole(3, 1, 10, 3);
    Map<String, float[]> parameters = parameters(plan, 0);
    for (Method method : METHODS) {
      KernelMethod kernels = method.kernels().apply(plan);
      int live = Torch.cpu().liveTensors();
      for (int steps : List.of(0, 3, 9)) {
        AtomicInteger left = new AtomicInteger(steps);
        assertThatThrownBy(() ->
                kernels.kernel(
                    KernelDefinition.SUMMED,
                    parameters,
                    pruned(0),
                    images(4, 8, 0),
                    8,
                    () -> {
                      if (left.getAndDecrement() == 0) {
                        throw new InvalidInput("enough");
                      }
                    }))
            .as("%s after %d steps", method.name(), steps)
            .hasMessage("enough");
      }
      assertThat(Torch.cpu().liveTensors()).as(method.name()).isEqualTo(live);
    }
  }

  private static void assertClose(
      NetworkPlan plan, OperatorMask mask, int batch, int size, long seed) {
    Kernel expected =
        kernel(
            new AutogradKernel(Torch.cpu(), plan, Precision.FLOAT64),
            plan,
            mask,
            batch,
            size,
            seed);
    for (Method method : METHODS) {
      Kernel actual = kernel(method.kernels().apply(plan), plan, mask, batch, size, seed);
      assertClose(actual, expected, method);
    }
  }

  private static void assertClose(Kernel actual, Kernel expected, Method method) {
    assertThat(actual.size()).isEqualTo(expected.size());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.size(); j++) {
        largest = Math.max(largest, Math.abs(expected.entry(i, j)));
        difference = Math.max(difference, Math.abs(actual.entry(i, j) - expected.entry(i, j)));
      }
    }
    assertThat(difference / largest).as(method.name()).isLessThan(method.tolerance());
  }

  private static Kernel kernel(
      KernelMethod method, NetworkPlan plan, OperatorMask mask, int batch, int size, long seed) {
    return method.kernel(
        KernelDefinition.SUMMED,
        parameters(plan, seed),
        mask,
        images(batch, size, seed),
        size,
        () -> {});
  }

  private static Map<String, float[]> parameters(NetworkPlan plan, long seed) {
    ParameterSource source =
        ParameterSource.drawn(Initialization.KAIMING_FAN_OUT, seed, "vector-kernel-test");
    Map<String, float[]> parameters = new HashMap<>();
    OperatorMask all = OperatorMask.full(EnumSet.allOf(Operator.class));
    for (ParameterSpecification each : plan.parameters(all)) {
      float[] values = source.values(each);
      if (!each.name().contains("classifier")) {
        perturb(values, each.name(), seed); // scales and shifts that are not 1 and 0
      }
      parameters.put(each.name(), values);
    }
    return parameters;
  }

  private static void perturb(float[] values, String name, long seed) {
    float[] noise = new float[values.length];
    RandomStream.of(seed, "perturb", name).fillGaussian(noise, 0.1);
    for (int i = 0; i < values.length; i++) {
      values[i] += noise[i];
    }
  }

  private static float[] images(int count, int size, long seed) {
    float[] values = new float[count * 3 * size * size];
    RandomStream.of(seed, "images").fillGaussian(values, 1);
    return values;
  }

  /** Each operator on each edge with probability one half, at least one. */
  private static OperatorMask pruned(long seed) {
    RandomStream stream = RandomStream.of(seed, "mask");
    List<Set<Operator>> edges = new ArrayList<>();
    for (int edge = 0; edge < 6; edge++) {
      Set<Operator> operators = EnumSet.noneOf(Operator.class);
      for (Operator operator : Operator.values()) {
        if (stream.nextInt(2) == 0) {
          operators.add(operator);
        }
      }
      edges.add(operators.isEmpty() ? EnumSet.of(Operator.NOR_CONV_3X3) : operators);
    }
    return new OperatorMask(edges);
  }

  private static List<Double> entries(Kernel kernel) {
    List<Double> entries = new ArrayList<>();
    for (int i = 0; i < kernel.size(); i++) {
      for (int j = 0; j < kernel.size(); j++) {
        entries.add(kernel.entry(i, j));
      }
    }
    return entries;
  }
}
