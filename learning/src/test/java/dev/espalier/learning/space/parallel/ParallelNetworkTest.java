package dev.espalier.learning.space.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParallelNetworkTest {
  private static final int CLASSES = 3;
  private static final int BATCH = 3;

  /** Stride 1 with the same and with other channels, and stride 2. */
  private static final MacroShape SHAPE =
      new MacroShape(
          4,
          List.of(new LayerShape(4, 1), new LayerShape(6, 2), new LayerShape(5, 1)),
          List.of(Operation.values()),
          7);

  private final Torch torch = Torch.cpu();

  @ParameterizedTest(name = "{0} in every layer")
  @EnumSource(Operation.class)
  void computesEveryOperationAsNaiveLoopsDo(Operation operation) {
    String label = operation.label();
    comparesWithLoops(ParallelArchitecture.parse(String.join("|", label, label, label)), 8);
  }

  @ParameterizedTest(name = "seed {0}, images of {1} pixels")
  @CsvSource({"1, 8", "2, 8", "3, 9", "4, 7", "5, 5"})
  void computesSumsOfOperationsAsNaiveLoopsDo(long seed, int size) {
    comparesWithLoops(new ParallelSpace(SHAPE).random(RandomStream.of(seed, "architecture")), size);
  }

  @ParameterizedTest(name = "images of {0} pixels")
  @CsvSource({"8", "7"})
  void computesAllOperationsAtOnceAsNaiveLoopsDo(int size) {
    String all = String.join("+", Operation.labels());
    comparesWithLoops(ParallelArchitecture.parse(String.join("|", all, all, all)), size);
  }

  /** Logits while training and after it, and the running statistics between. */
  private void comparesWithLoops(ParallelArchitecture architecture, int size) {
    ParallelPlan plan = new ParallelPlan(SHAPE, architecture, CLASSES, 3);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpecification parameter : plan.parameters()) {
      values.put(parameter.name(), drawn(parameter));
    }
    NaiveParallelNetwork naive = new NaiveParallelNetwork(SHAPE, architecture, values);
    double[][][][] images = new double[BATCH][3][size][size];
    double[] flat = flat(images, RandomStream.of(9, "images"));
    try (ParallelNetwork network =
            new ParallelNetwork(
                torch,
                plan,
                parameter -> Objects.requireNonNull(values.get(parameter.name())),
                Precision.FLOAT64);
        Scope _ = torch.inference()) {
      for (Phase phase : List.of(Phase.TRAIN, Phase.TRAIN, Phase.EVALUATE)) {
        double[] logits =
            network.forward(torch.tensor(flat, BATCH, 3, size, size), phase).toDoubles();
        double[] expected =
            Arrays.stream(naive.logits(images, phase, CLASSES))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        assertThat(logits).as("%s", phase).containsExactly(expected, within(1e-10));
      }
      assertThat(network.buffers()).hasSize(2 * naive.runningMeans().size());
      naive
          .runningMeans()
          .forEach((name, means) ->
              assertThat(buffer(network, name + ".running_mean"))
                  .containsExactly(means, within(1e-10)));
      naive
          .runningVariances()
          .forEach((name, variances) ->
              assertThat(buffer(network, name + ".running_var"))
                  .containsExactly(variances, within(1e-9)));
    }
  }

  private static double[] buffer(ParallelNetwork network, String name) {
    Tensor buffer = network.buffers().get(name);
    assertThat(buffer).as(name).isNotNull();
    return buffer.toDoubles();
  }

  /** Scales large enough that some activations pass six. */
  private static float[] drawn(ParameterSpecification parameter) {
    RandomStream stream = RandomStream.of(3, parameter.name());
    float[] values = new float[parameter.size()];
    double bound = parameter.kind() == ParameterKind.SCALE ? 6 : 1;
    stream.fillUniform(values, parameter.kind() == ParameterKind.SCALE ? 1 : -bound, bound);
    return values;
  }

  private static double[] flat(double[][][][] images, RandomStream stream) {
    float[] values = new float[BATCH * 3 * images[0][0].length * images[0][0].length];
    stream.fillGaussian(values, 1);
    int next = 0;
    for (double[][][] image : images) {
      for (double[][] plane : image) {
        for (double[] row : plane) {
          for (int j = 0; j < row.length; j++) {
            row[j] = values[next++];
          }
        }
      }
    }
    double[] flat = new double[values.length];
    Arrays.setAll(flat, i -> values[i]);
    return flat;
  }

  @Test
  void everyParameterGetsAGradient() {
    String all = String.join("+", Operation.labels());
    ParallelArchitecture architecture = ParallelArchitecture.parse(String.join("|", all, all, all));
    ParallelPlan plan = new ParallelPlan(SHAPE, architecture, CLASSES, 3);
    ParameterSource source = ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1, "weights");
    try (ParallelNetwork network = new ParallelNetwork(torch, plan, source);
        Scope _ = torch.recording()) {
      float[] pixels = new float[BATCH * 3 * 64];
      RandomStream.of(1, "images").fillGaussian(pixels, 1);
      Tensor loss =
          network.forward(torch.tensor(pixels, BATCH, 3, 8, 8), Phase.TRAIN).square().sum();
      List<Tensor> leaves = List.copyOf(network.parameters().values());
      List<Tensor> gradients = Gradients.of(loss, leaves);
      assertThat(leaves).hasSize(plan.parameters().size());
      for (int i = 0; i < leaves.size(); i++) {
        assertThat(gradients.get(i).square().sum().item())
            .as(plan.parameters().get(i).name())
            .isPositive();
      }
    }
  }
}
