package dev.espalier.learning.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.DropPath;
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
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import dev.espalier.search.space.nasbench101.NasBench101;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The network of a NAS-Bench-101 cell")
class ModuleNetworkTest {
  private static final int CLASSES = 3;
  private static final int BATCH = 3;
  private static final int SIDE = 8;

  /** Five channels and then ten: not to be shared out evenly. */
  private static final GraphCellNetwork NETWORK = new GraphCellNetwork(5, 2, 2);

  private final Torch torch = Torch.cpu();

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "output@0",
        "conv3x3@0-output@0+1",
        "maxpool3x3@0-output@1",
        // 1 is wider than 3, which reads it
        "conv3x3@0-conv1x1@1-maxpool3x3@1-output@0+2+3",
        "conv3x3@0-maxpool3x3@0+1-conv1x1@1-output@0+2+3",
        "maxpool3x3@0-maxpool3x3@1-maxpool3x3@2-maxpool3x3@3-maxpool3x3@4-output@2+3+4+5"
      })
  void computesWhatLoopsDo(String cell) {
    comparesWithLoops(GraphCell.parse(cell));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void computesAnyCellAsLoopsDo(long seed) {
    comparesWithLoops(NasBench101.SPACE.random(RandomStream.of(seed, "architecture")));
  }

  /** Logits while training and after it, and the running statistics between. */
  private void comparesWithLoops(GraphCell cell) {
    GraphCellPlan plan = GraphCellPlan.whole(cell, NETWORK, CLASSES, 3);
    Map<String, float[]> values = new LinkedHashMap<>();
    plan.parameters().forEach(each -> values.put(each.name(), drawn(each)));
    NaiveModuleNetwork naive = new NaiveModuleNetwork(matrix(cell), cell.operations(), values);
    double[][][][] images = new double[BATCH][3][SIDE][SIDE];
    double[] flat = flat(images);
    try (ModuleNetwork network =
            new ModuleNetwork(
                torch,
                plan,
                parameter -> Objects.requireNonNull(values.get(parameter.name())),
                Precision.FLOAT64,
                parameter -> true);
        Scope _ = torch.inference()) {
      for (Phase phase : List.of(Phase.TRAIN, Phase.TRAIN, Phase.EVALUATE)) {
        double[] logits =
            network.forward(torch.tensor(flat, BATCH, 3, SIDE, SIDE), phase).toDoubles();
        double[] expected =
            Arrays.stream(
                    naive.logits(
                        images,
                        phase,
                        NETWORK.channels(),
                        NETWORK.stacks(),
                        NETWORK.cells(),
                        CLASSES))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        assertThat(logits).as("%s", phase).containsExactly(expected, within(1e-9));
      }
      assertThat(network.buffers()).hasSize(2 * naive.runningMeans().size());
      naive
          .runningMeans()
          .forEach((name, means) ->
              assertThat(buffer(network, name + ".running_mean"))
                  .containsExactly(means, within(1e-9)));
      naive
          .runningVariances()
          .forEach((name, variances) ->
              assertThat(buffer(network, name + ".running_var"))
                  .containsExactly(variances, within(1e-8)));
    }
  }

  private static int[][] matrix(GraphCell cell) {
    int[][] matrix = new int[cell.vertices()][cell.vertices()];
    for (int target = 1; target < cell.vertices(); target++) {
      for (int source : cell.sources(target)) {
        matrix[source][target] = 1;
      }
    }
    return matrix;
  }

  private static double[] buffer(ModuleNetwork network, String name) {
    Tensor buffer = network.buffers().get(name);
    assertThat(buffer).as(name).isNotNull();
    return buffer.toDoubles();
  }

  private static float[] drawn(ParameterSpecification parameter) {
    float[] values = new float[parameter.size()];
    boolean isScale = parameter.kind() == ParameterKind.SCALE;
    RandomStream.of(3, parameter.name()).fillUniform(values, isScale ? 0.5 : -1, isScale ? 1.5 : 1);
    return values;
  }

  private static double[] flat(double[][][][] images) {
    float[] values = new float[BATCH * 3 * SIDE * SIDE];
    RandomStream.of(9, "images").fillGaussian(values, 1);
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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void givesEveryParameterAGradient(long seed) {
    GraphCell cell = NasBench101.SPACE.random(RandomStream.of(seed, "architecture"));
    GraphCellPlan plan = GraphCellPlan.whole(cell, new GraphCellNetwork(8, 2, 1), CLASSES, 3);
    ParameterSource source = ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, seed, "weights");
    try (ModuleNetwork network = new ModuleNetwork(torch, plan, source);
        Scope _ = torch.recording()) {
      float[] pixels = new float[8 * 3 * 64];
      RandomStream.of(1, "images").fillGaussian(pixels, 1);
      Tensor loss = network.forward(torch.tensor(pixels, 8, 3, 8, 8), Phase.TRAIN).square().sum();
      List<Tensor> gradients = Gradients.of(loss, network.leaves());
      assertThat(gradients).hasSize(plan.parameters().size());
      for (int i = 0; i < gradients.size(); i++) {
        assertThat(gradients.get(i).square().sum().item())
            .as(plan.parameters().get(i).name())
            .isPositive();
      }
    }
  }

  /** The image alone goes on where both vertices are dropped. */
  @Test
  void losesWhatItsVerticesGiveWhenPathsAreDropped() {
    GraphCell cell = GraphCell.parse("conv3x3@0-maxpool3x3@1-output@0+2");
    ParameterSource source = ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1, "weights");
    GraphCellPlan plan = GraphCellPlan.whole(cell, new GraphCellNetwork(8, 1, 1), CLASSES, 3);
    GraphCellPlan alone =
        GraphCellPlan.whole(GraphCell.parse("output@0"), new GraphCellNetwork(8, 1, 1), CLASSES, 3);
    List<Tensor> dropped = new ArrayList<>();
    DropPath all =
        path -> {
          dropped.add(path);
          return path.multiply(0);
        };
    try (ModuleNetwork network = new ModuleNetwork(torch, plan, source);
        ModuleNetwork other = new ModuleNetwork(torch, alone, renamed(source));
        Scope _ = torch.inference()) {
      float[] pixels = new float[4 * 3 * 64];
      RandomStream.of(1, "images").fillGaussian(pixels, 1);
      Tensor images = torch.tensor(pixels, 4, 3, 8, 8);
      assertThat(network.train(images, all).logits().toFloats())
          .isEqualTo(other.forward(images, Phase.TRAIN).toFloats());
      assertThat(dropped).hasSize(2);
    }
  }

  /** The output is vertex 1 of the one cell and vertex 3 of the other. */
  private static ParameterSource renamed(ParameterSource source) {
    return parameter ->
        source.values(
            new ParameterSpecification(
                parameter.name().replace("vertices.1", "vertices.3"),
                parameter.kind(),
                parameter.shape(),
                parameter.fanIn()));
  }
}
