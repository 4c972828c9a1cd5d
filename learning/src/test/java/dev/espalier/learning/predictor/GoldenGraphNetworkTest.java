package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.Npz;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Adam;
import dev.espalier.learning.training.Optimizer;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the published program's own numbers (golden/gnn_evolution/README.md). */
class GoldenGraphNetworkTest {
  @Test
  void publishedWeightsPredictAsPublishedOnAll300Architectures() {
    Npz golden = Golden.file("architectures.npz");
    GraphNetwork network = Golden.publishedNetwork();

    assertThat(network.predict(Golden.encoded()))
        .containsExactly(golden.get("pred_f32"), within(1e-5));
    assertThat(network.predict(Golden.encoded(golden.get("evolved_bits"))))
        .containsExactly(golden.get("evolved_pred_f32"), within(1e-5));
  }

  @Test
  void trainingComputesTheSamePredictionsAsScoring() {
    GraphNetwork network = Golden.publishedNetwork();
    List<EncodedArchitecture> batch = Golden.encoded().subList(0, 20);
    GraphWiring wiring = new GraphWiring(Golden.LAYOUT, batch);

    double[] trained = network.forward(batch, wiring).predictions.clone();

    assertThat(trained).containsExactly(network.predict(batch), within(1e-6));
  }

  @Test
  void messagesAndBlocksArePublishedOnes() {
    Npz golden = Golden.file("trained_forward.npz");
    GraphNetwork network = Golden.publishedNetwork();
    int row = (int) golden.get("in/arch_index")[0];
    List<EncodedArchitecture> batch = List.of(Golden.encoded().get(row));
    GraphWiring wiring = new GraphWiring(Golden.LAYOUT, batch);

    GraphNetwork.Pass pass = network.forward(batch, wiring);

    for (int v = 0; v < 36; v++) {
      int r = wiring.row(0, v);
      assertThat(wiring.outDegree(r)).isEqualTo((float) golden.get("f32/0/x")[3 * v]);
      assertSame(golden, "f32/0/embed", v, pass.embedded[r]);
      for (int block = 0; block < 5; block++) {
        assertSame(golden, "f32/0/agg" + block, v, pass.traces.get(block).message[r]);
        assertSame(golden, "f32/0/block" + block, v, pass.traces.get(block).next[r]);
      }
      assertSame(golden, "f32/0/maxpool", v, pass.maximum[r]);
    }
  }

  private static void assertSame(Npz golden, String name, int vertex, float[] actual) {
    double[] expected =
        Arrays.copyOfRange(golden.get(name), vertex * actual.length, (vertex + 1) * actual.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s, vertex %d", name, vertex)
          .isCloseTo(expected[i], within(2e-5 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @Test
  void gradientsOfThePublishedWeightsArePublishedOnes() {
    Npz golden = Golden.file("trained_forward.npz");
    Npz architectures = Golden.file("architectures.npz");
    int[] rows = Arrays.stream(golden.get("in/arch_index")).mapToInt(each -> (int) each).toArray();
    List<EncodedArchitecture> batch = Arrays.stream(rows).mapToObj(Golden.encoded()::get).toList();
    double[] targets =
        Arrays.stream(rows).mapToDouble(r -> architectures.get("accuracy")[r]).toArray();

    assertGradients(golden, Golden.publishedNetwork(), batch, targets);
  }

  @Test
  void gradientsOfTheSmallModelArePublishedOnes() {
    Npz golden = Golden.file("small_model.npz");

    assertGradients(
        golden, Golden.smallNetwork(), Golden.encoded(golden.get("in/bits")), golden.get("in/y"));
  }

  private static void assertGradients(
      Npz golden, GraphNetwork network, List<EncodedArchitecture> batch, double[] targets) {
    List<Matrix> gradients = network.matrices().stream().map(Matrix::alike).toList();

    double loss =
        network.step(
            batch,
            targets,
            (matrix, row, gradient) ->
                System.arraycopy(
                    gradient, 0, gradients.get(matrix.index()).rows()[row], 0, matrix.columns()));

    assertThat(loss).isCloseTo(golden.get("f32/loss_batch")[0], within(1e-8));
    int compared = 0;
    for (Matrix gradient : gradients) {
      String name = "f32/grad/" + gradient.name();
      if (golden.has(name)) {
        assertClose(name, gradient.values(), golden.get(name), 1e-4);
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(7);
  }

  /** Within a share of the largest number. */
  private static void assertClose(String name, float[] actual, double[] expected, double share) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s, number %d", name, i)
          .isCloseTo(expected[i], within(share * largest));
    }
  }

  @Test
  void threeStepsOfAdamGoWherePublishedOnesGo() {
    Npz golden = Golden.file("small_model.npz");
    GraphNetwork network = Golden.smallNetwork();
    RowAdam adam = new RowAdam(network.matrices(), 1e-2);

    assertSteps(golden, "adam", network, adam::begin, adam, golden.get("in/y"), 0, 8);
  }

  @Test
  void threeStepsOfPlainDescentGoWherePublishedOnesGo() {
    Npz golden = Golden.file("small_model.npz");
    GraphNetwork network = Golden.smallNetwork();
    RowStep descent =
        (matrix, row, gradient) ->
            Kernels.addScaled(matrix.rows()[row], gradient, -1e-2f, gradient.length);

    assertSteps(golden, "sgd", network, () -> {}, descent, golden.get("in/y"), 0, 8);
  }

  @Test
  void threeStepsOfAdamFromPublishedWeightsGoWherePublishedOnesGo() {
    Npz golden = Golden.file("trained_forward.npz");
    GraphNetwork network = Golden.publishedNetwork();
    RowAdam adam = new RowAdam(network.matrices(), 1e-4);
    double[] accuracies = Golden.file("architectures.npz").get("accuracy");
    List<EncodedArchitecture> bits = Golden.encoded();
    double[] losses = new double[3];

    for (int i = 0; i < 3; i++) {
      adam.begin();
      losses[i] = network.step(List.of(bits.get(i)), new double[] {accuracies[i]}, adam);
    }

    assertThat(losses).containsExactly(golden.get("adam/losses"), within(1e-8));
    List<EncodedArchitecture> asked =
        List.of(
            bits.get(0),
            bits.get(1),
            bits.get(2),
            bits.get(250),
            bits.get(251),
            bits.get(252),
            bits.get(253),
            bits.get(254));
    assertThat(network.predict(asked))
        .containsExactly(golden.get("adam/pred_after3"), within(1e-5));
  }

  private static void assertSteps(
      Npz golden,
      String kind,
      GraphNetwork network,
      Runnable begin,
      RowStep step,
      double[] targets,
      int from,
      int asked) {
    List<EncodedArchitecture> bits = Golden.encoded(golden.get("in/bits"));
    double[] losses = new double[3];
    for (int i = 0; i < 3; i++) {
      begin.run();
      losses[i] = network.step(List.of(bits.get(from + i)), new double[] {targets[i]}, step);
    }
    assertThat(losses).containsExactly(golden.get(kind + "/losses"), within(1e-6));
    for (Matrix matrix : network.matrices()) {
      assertClose(
          matrix.name(), matrix.values(), golden.get(kind + "/after3/" + matrix.name()), 1e-4);
    }
    assertThat(network.predict(bits.subList(0, asked)))
        .containsExactly(golden.get(kind + "/pred_after3"), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 299})
  void anArchitectureGetsTheSameBitsInEveryBatch(int size) {
    GraphNetwork network = Golden.publishedNetwork();
    List<EncodedArchitecture> bits = Golden.encoded();
    double[] whole = new GraphScorer(network).predict(bits);
    GraphScorer scorer = new GraphScorer(network);

    for (int from = 0; from < bits.size(); from += size) {
      int to = Math.min(bits.size(), from + size);
      assertThat(scorer.predict(bits.subList(from, to)))
          .containsExactly(Arrays.copyOfRange(whole, from, to));
    }
  }

  @Test
  void forgettingPrefixesChangesNoBit() {
    GraphNetwork network = Golden.smallNetwork();
    List<EncodedArchitecture> bits = Golden.encoded();
    double[] whole = new GraphScorer(network).predict(bits);
    GraphScorer forgetful = new GraphScorer(network, 3);

    for (int from = 0; from < 100; from += 10) {
      assertThat(forgetful.predict(bits.subList(from, from + 10)))
          .containsExactly(Arrays.copyOfRange(whole, from, from + 10));
    }
  }

  @Test
  void numbersOfLayersAndOperationsComeFromTheSpace() {
    GraphLayout two = GraphLayout.chain(2, 3);
    GraphNetwork network = new GraphNetwork(two, 7, 3, 4);
    network.initialize(RandomStream.of(0, "test"));
    List<EncodedArchitecture> batch =
        List.of(
            new EncodedArchitecture(two, true, false, true, false, true, false),
            new EncodedArchitecture(two, true, true, true, true, false, false));

    double[] trained = network.forward(batch, new GraphWiring(two, batch)).predictions.clone();

    assertThat(network.head().columns()).isEqualTo(9 * 7);
    assertThat(trained).containsExactly(network.predict(batch), within(1e-6));
    assertThat(trained[0]).isNotEqualTo(trained[1]);
  }

  /** Four states, each joined to all later ones, three operations at each of the six places. */
  @Test
  void descendsOnGraphsThatAreNoChain() {
    GraphLayout cell =
        new GraphLayout(
            4,
            List.of(
                new GraphLayout.Place(0, 1),
                new GraphLayout.Place(0, 2),
                new GraphLayout.Place(0, 3),
                new GraphLayout.Place(1, 2),
                new GraphLayout.Place(1, 3),
                new GraphLayout.Place(2, 3)),
            3);
    GraphNetwork network = new GraphNetwork(cell, 5, 4, 3);
    network.initialize(RandomStream.of(0, "cell"));
    boolean[] marks = new boolean[18];
    for (int place = 0; place < 6; place++) {
      marks[place * 3 + place % 3] = place != 4; // one operation, or none
    }
    List<EncodedArchitecture> batch =
        List.of(
            new EncodedArchitecture(cell, marks), new EncodedArchitecture(cell, new boolean[18]));
    double[] targets = {0.9, 0.1};
    List<Matrix> gradients = network.matrices().stream().map(Matrix::alike).toList();
    network.step(
        batch,
        targets,
        (matrix, row, gradient) ->
            System.arraycopy(
                gradient, 0, gradients.get(matrix.index()).rows()[row], 0, matrix.columns()));
    double squares = 0; // of what messages carried back, the head left out
    for (Matrix gradient : gradients) {
      if (gradient.name().startsWith("predictor.")) {
        gradient.assign(new float[gradient.values().length]);
      }
      for (float value : gradient.values()) {
        squares += (double) value * value;
      }
    }

    float distance = (float) (0.005 / Math.sqrt(squares));
    double slope =
        (moved(network, gradients, batch, targets, distance)
                - moved(network, gradients, batch, targets, -distance))
            / (2 * distance);

    assertThat(slope).isCloseTo(squares, within(0.02 * squares));
    assertThat(network.predict(batch))
        .containsExactly(
            network.forward(batch, new GraphWiring(cell, batch)).predictions.clone(), within(1e-6));
  }

  /** The loss of a network moved along the gradients. */
  private static double moved(
      GraphNetwork network,
      List<Matrix> gradients,
      List<EncodedArchitecture> batch,
      double[] targets,
      float distance) {
    List<Matrix> before = network.matrices().stream().map(Matrix::copy).toList();
    for (Matrix matrix : network.matrices()) {
      float[][] along = gradients.get(matrix.index()).rows();
      for (int row = 0; row < along.length; row++) {
        Kernels.addScaled(matrix.rows()[row], along[row], distance, matrix.columns());
      }
    }
    double loss = network.step(batch, targets, (matrix, row, gradient) -> {});
    network.matrices().forEach(matrix -> matrix.take(before.get(matrix.index())));
    return loss;
  }

  /** The same steps by the optimiser over tensors, from this network's gradients. */
  @Test
  void threeStepsOfAdamOverTensorsGoWherePublishedOnesGo() {
    Npz golden = Golden.file("small_model.npz");
    GraphNetwork network = Golden.smallNetwork();
    List<EncodedArchitecture> architectures = Golden.encoded(golden.get("in/bits"));
    SequencedMap<String, Tensor> leaves = new LinkedHashMap<>();
    Torch torch = Torch.cpu();
    for (Matrix matrix : network.matrices()) {
      leaves.put(matrix.name(), torch.leaf(matrix.values(), matrix.values().length));
    }
    try (Adam adam = new Adam(torch, leaves, Adam.Decay.L2, 0, 0, Optimizer.Memory.NONE)) {
      for (int i = 0; i < 3; i++) {
        List<Matrix> gradients = network.matrices().stream().map(Matrix::alike).toList();
        network.step(
            List.of(architectures.get(i)),
            new double[] {golden.get("in/y")[i]},
            (matrix, row, gradient) ->
                System.arraycopy(
                    gradient, 0, gradients.get(matrix.index()).rows()[row], 0, matrix.columns()));
        try (Scope _ = torch.inference()) {
          adam.step(
              gradients.stream()
                  .map(each -> torch.tensor(each.values(), each.values().length))
                  .toList(),
              1e-2);
        }
        network
            .matrices()
            .forEach(matrix ->
                matrix.assign(Objects.requireNonNull(leaves.get(matrix.name())).toFloats()));
      }
      for (Matrix matrix : network.matrices()) {
        assertClose(
            matrix.name(), matrix.values(), golden.get("adam/after3/" + matrix.name()), 1e-4);
      }
    } finally {
      leaves.values().forEach(Tensor::close);
    }
  }
}
