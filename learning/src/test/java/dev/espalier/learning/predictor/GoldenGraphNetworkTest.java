package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.space.parallel.MacroShape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the published program's own numbers (golden/gnn_evolution/README.md). */
class GoldenGraphNetworkTest {
  @Test
  void publishedWeightsPredictAsPublishedOnAll300Architectures() {
    Npz golden = Golden.file("architectures.npz");
    GraphNetwork network = Golden.publishedNetwork();

    assertThat(network.predict(Golden.bits()))
        .containsExactly(golden.get("pred_f32"), within(1e-5));
    assertThat(network.predict(Golden.bits(golden.get("evolved_bits"))))
        .containsExactly(golden.get("evolved_pred_f32"), within(1e-5));
  }

  @Test
  void trainingComputesTheSamePredictionsAsScoring() {
    GraphNetwork network = Golden.publishedNetwork();
    List<boolean[]> batch = Golden.bits().subList(0, 20);
    Wiring wiring = new Wiring(5, 6, batch);

    double[] trained = network.forward(batch, wiring).predictions.clone();

    assertThat(trained).containsExactly(network.predict(batch), within(1e-6));
  }

  @Test
  void messagesAndBlocksArePublishedOnes() {
    Npz golden = Golden.file("trained_forward.npz");
    GraphNetwork network = Golden.publishedNetwork();
    int row = (int) golden.get("in/arch_index")[0];
    List<boolean[]> batch = List.of(Golden.bits().get(row));
    Wiring wiring = new Wiring(5, 6, batch);

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
    List<boolean[]> batch = Arrays.stream(rows).mapToObj(Golden.bits()::get).toList();
    double[] targets =
        Arrays.stream(rows).mapToDouble(r -> architectures.get("accuracy")[r]).toArray();

    assertGradients(golden, Golden.publishedNetwork(), batch, targets);
  }

  @Test
  void gradientsOfTheSmallModelArePublishedOnes() {
    Npz golden = Golden.file("small_model.npz");

    assertGradients(
        golden, Golden.smallNetwork(), Golden.bits(golden.get("in/bits")), golden.get("in/y"));
  }

  private static void assertGradients(
      Npz golden, GraphNetwork network, List<boolean[]> batch, double[] targets) {
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
    Adam adam = new Adam(network.matrices(), 1e-2);

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
    Adam adam = new Adam(network.matrices(), 1e-4);
    double[] accuracies = Golden.file("architectures.npz").get("accuracy");
    List<boolean[]> bits = Golden.bits();
    double[] losses = new double[3];

    for (int i = 0; i < 3; i++) {
      adam.begin();
      losses[i] = network.step(List.of(bits.get(i)), new double[] {accuracies[i]}, adam);
    }

    assertThat(losses).containsExactly(golden.get("adam/losses"), within(1e-8));
    List<boolean[]> asked =
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
    List<boolean[]> bits = Golden.bits(golden.get("in/bits"));
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
    List<boolean[]> bits = Golden.bits();
    double[] whole = new GraphScorer(network).predict(bits);
    GraphScorer scorer = new GraphScorer(network);

    for (int from = 0; from < bits.size(); from += size) {
      int to = Math.min(bits.size(), from + size);
      assertThat(scorer.predict(bits.subList(from, to)))
          .containsExactly(Arrays.copyOfRange(whole, from, to));
    }
  }

  @Test
  void numbersOfLayersAndOperationsComeFromTheSpace() {
    MacroShape two =
        new MacroShape(
            4,
            MacroShape.PUBLISHED.layers().subList(0, 2),
            MacroShape.PUBLISHED.operations().subList(0, 3),
            8);
    GraphNetwork network = new GraphNetwork(two, 7, 3, 4);
    network.initialize(dev.espalier.search.random.RandomStream.of(0, "test"));
    List<boolean[]> batch =
        List.of(
            new boolean[] {true, false, true, false, true, false},
            new boolean[] {true, true, true, true, false, false});

    double[] trained = network.forward(batch, new Wiring(2, 3, batch)).predictions.clone();

    assertThat(network.head().columns()).isEqualTo(9 * 7);
    assertThat(trained).containsExactly(network.predict(batch), within(1e-6));
    assertThat(trained[0]).isNotEqualTo(trained[1]);
  }
}
