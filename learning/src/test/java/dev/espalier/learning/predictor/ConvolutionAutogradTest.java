package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network written by hand against the tensor engine, on dense matrices in double precision. */
class ConvolutionAutogradTest {
  private static final Torch TORCH = Torch.cpu();

  @ParameterizedTest
  @CsvSource({
    "ACCURACY, 1, 16, 16, 1",
    "ACCURACY, 3, 20, 9, 2",
    "ACCURACY, 10, 144, 128, 3",
    "CLASS, 7, 5, 33, 3",
    "CLASS, 10, 144, 128, 4"
  })
  void lossAndGradientsAreThoseOfTheEngine(
      ConvolutionTask task, int batch, int width, int hidden, int layers) {
    ArchitectureEncoding encoding = EncodedSpaces.of(NasBench201.SPACE);
    RandomStream stream = RandomStream.of(3, "cells", batch);
    List<EncodedArchitecture> cells =
        encoding.encode(
            IntStream.range(0, batch).mapToObj(_ -> NasBench201.SPACE.random(stream)).toList());
    double[] targets =
        IntStream.range(0, batch)
            .mapToDouble(i -> task == ConvolutionTask.ACCURACY ? i : i % 2)
            .toArray();
    ConvolutionNetwork network =
        new ConvolutionNetwork(
            task,
            TargetScale.NONE,
            new ConvolutionSize(cells.getFirst().graph().kinds(), width, hidden, layers),
            ConvolutionSettings.PUBLISHED,
            purpose -> RandomStream.of(0, purpose));
    network.initialize(RandomStream.of(1));
    List<Matrix> found = network.matrices().stream().map(Matrix::alike).toList();
    List<double[]> expected = new ArrayList<>();

    double expectedLoss = engine(network, cells, targets, expected);
    double loss =
        network.step(
            cells,
            targets,
            (matrix, row, gradient) ->
                System.arraycopy(
                    gradient, 0, found.get(matrix.index()).rows()[row], 0, matrix.columns()));

    assertThat(loss).isCloseTo(expectedLoss, within(1e-5 * expectedLoss));
    assertThat(expected).hasSize(2 * layers + 2);
    for (int i = 0; i < expected.size(); i++) {
      float[] gradient = found.get(i).values();
      double largest = 0;
      for (double each : expected.get(i)) {
        largest = Math.max(largest, Math.abs(each));
      }
      assertThat(largest).as(found.get(i).name()).isPositive();
      for (int j = 0; j < gradient.length; j++) {
        assertThat((double) gradient[j])
            .as("%s, number %d", found.get(i).name(), j)
            .isCloseTo(expected.get(i)[j], within(1e-5 * largest));
      }
    }
  }

  private static double engine(
      ConvolutionNetwork network,
      List<EncodedArchitecture> cells,
      double[] targets,
      List<double[]> gradients) {
    List<Tensor> leaves = new ArrayList<>();
    network
        .weights()
        .parameters()
        .forEach(each -> {
          float[] values = network.matrices().get(leaves.size()).values();
          double[] wide = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
          leaves.add(TORCH.leaf(wide, each.rows(), each.columns()));
        });
    try (Scope _ = TORCH.recording()) {
      int layers = network.weights().layers();
      List<Tensor> outputs =
          cells.stream().map(cell -> output(cell.graph(), leaves, layers)).toList();
      Tensor x = Ops.concatenate(outputs, 0);
      Tensor t = TORCH.tensor(targets, targets.length, 1);
      Tensor loss =
          switch (network.task()) {
            case ACCURACY -> x.subtract(t).square().mean();
            case CLASS ->
                t.multiply(x.sigmoid().log())
                    .add(t.negate().add(1).multiply(x.negate().sigmoid().log()))
                    .mean()
                    .negate();
          };
      Gradients.of(loss, leaves).forEach(each -> gradients.add(each.toDoubles()));
      return loss.item();
    } finally {
      leaves.forEach(Tensor::close);
    }
  }

  /** {@code [1, 1]}. */
  private static Tensor output(VertexGraph graph, List<Tensor> leaves, int layers) {
    int n = graph.vertices();
    double[] oneHot = new double[n * graph.kinds()];
    double[] edges = new double[n * n];
    for (int v = 0; v < n; v++) {
      oneHot[v * graph.kinds() + graph.kind(v)] = 1;
      for (int u = 0; u < n; u++) {
        edges[v * n + u] = v == u || graph.hasEdge(v, u) ? 1 : 0;
      }
    }
    Tensor once = normalized(TORCH.tensor(edges, n, n));
    Tensor along = normalized(once);
    Tensor against = normalized(once.transpose(0, 1));
    Tensor x = TORCH.tensor(oneHot, n, graph.kinds());
    for (int layer = 0; layer < layers; layer++) {
      Tensor one = Ops.relu(along.matmul(x).matmul(leaves.get(2 * layer)));
      Tensor other = Ops.relu(against.matmul(x).matmul(leaves.get(2 * layer + 1)));
      x = one.add(other).multiply(0.5);
    }
    Tensor pooled = x.sum(true, 0).multiply(1.0 / n);
    Tensor head = pooled.matmul(leaves.get(2 * layers).transpose(0, 1));
    return head.matmul(leaves.get(2 * layers + 1).transpose(0, 1));
  }

  private static Tensor normalized(Tensor matrix) {
    return matrix.divide(matrix.sum(true, 1));
  }
}
