package dev.espalier.learning.space.nasbench201.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Gradients.Graph;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The merged cell computes the same function as the plain one, in double precision. */
class MergedCellTest {
  private static final NetworkPlan PLAN = NetworkPlan.whole(2, 1, 3, 3);
  private static final int BATCH = 4;
  private static final int SIZE = 8;

  private final Torch torch = Torch.cpu();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void randomSupernetsHaveTheSameLogitsAndGradients(int seed) {
    RandomStream stream = RandomStream.of(seed, "merged");
    List<Set<Operator>> active = new ArrayList<>();
    for (int edge = 0; edge < Edge.ALL.size(); edge++) {
      Set<Operator> operators = EnumSet.noneOf(Operator.class);
      while (operators.isEmpty()) {
        for (Operator operator : Operator.values()) {
          if (stream.nextBoolean()) {
            operators.add(operator);
          }
        }
      }
      active.add(operators);
    }
    assertSame(new OperatorMask(active), seed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
        "|none~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|nor_conv_1x1~2|",
        "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|none~2|",
        "|skip_connect~0|+|none~0|avg_pool_3x3~1|+|none~0|none~1|avg_pool_3x3~2|"
      })
  void cellsWithLooseEndsHaveTheSameLogitsAndGradients(String cell) {
    assertSame(Cell.parse(cell).mask(), 7);
  }

  private void assertSame(OperatorMask mask, int seed) {
    ParameterSource source =
        parameter -> {
          float[] values = new float[parameter.size()];
          RandomStream.of(seed, parameter.name()).fillGaussian(values, 0.5);
          return values;
        };
    float[] pixels = new float[BATCH * 3 * SIZE * SIZE];
    RandomStream.of(seed, "images").fillGaussian(pixels, 1);
    try (Network network =
            new Network(
                torch,
                PLAN,
                mask,
                source,
                Precision.FLOAT64,
                parameter -> parameter.kind().isWeight());
        Scope _ = torch.recording()) {
      Tensor images = torch.tensor(pixels, BATCH, 3, SIZE, SIZE).to(Precision.FLOAT64);
      Tensor plain = network.forward(images, Phase.TRAIN);
      Tensor merged = network.forwardMerged(images, mask);
      assertClose(merged, plain);
      Tensor cotangent = torch.tensor(new float[] {1, -2, 3, 0, 1, 0, 2, 2, 0, 0, 0, -1}, 4, 3);
      List<Tensor> leaves = network.leaves(mask);
      assertClose(
          Gradients.of(merged, cotangent.to(Precision.FLOAT64), leaves, Graph.FREE),
          Gradients.of(plain, cotangent.to(Precision.FLOAT64), leaves, Graph.FREE));
    }
  }

  private static void assertClose(List<Tensor> actual, List<Tensor> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertClose(actual.get(i), expected.get(i));
    }
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    double[] numbers = expected.toDoubles();
    double largest = 1;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    assertThat(actual.toDoubles()).containsExactly(numbers, within(1e-10 * largest));
  }
}
