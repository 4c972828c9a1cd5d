package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.Npz;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the published program's own numbers (golden/neuralpredictor/README.md). */
class GoldenConvolutionTest {
  @ParameterizedTest
  @ValueSource(strings = {"full_model", "small_model"})
  void outputsAreThePublishedOnes(String model) {
    Npz golden = GoldenCells.file(model + ".npz");
    ConvolutionNetwork network = GoldenCells.network(model, ConvolutionTask.ACCURACY);

    double[] predictions = network.predict(GoldenCells.encoded(golden));

    assertThat(predictions).containsExactly(golden.get("f32/pred"), within(1e-5));
    double[] targets = golden.get("in/target");
    assertThat(Statistics.kendallTau(predictions, targets))
        .isCloseTo(golden.get("f32/kendall_tau_b")[0], within(1e-9));
    double squares = 0;
    for (int i = 0; i < targets.length; i++) {
      double points = 100 * TargetScale.NAS_BENCH_101.deviation() * (predictions[i] - targets[i]);
      squares += points * points / targets.length;
    }
    assertThat(squares).isCloseTo(golden.get("f32/mse_percent")[0], within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full_model", "small_model"})
  void lossAndEveryGradientAreThePublishedOnes(String model) {
    Npz golden = GoldenCells.file(model + ".npz");
    ConvolutionNetwork network = GoldenCells.network(model, ConvolutionTask.ACCURACY);
    List<Matrix> gradients = network.matrices().stream().map(Matrix::alike).toList();

    double loss =
        network.step(
            GoldenCells.encoded(golden),
            golden.get("in/target"),
            (matrix, row, gradient) ->
                System.arraycopy(
                    gradient, 0, gradients.get(matrix.index()).rows()[row], 0, matrix.columns()));

    assertThat(loss).isCloseTo(golden.get("f32/loss")[0], within(1e-5));
    int compared = 0;
    for (Matrix gradient : gradients) {
      String name = "f32/grad/" + gradient.name();
      if (golden.has(name)) {
        double[] expected = golden.get(name);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertClose(name, gradient.values(), expected, 1e-5 * Math.max(1, largest));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(model.equals("full_model") ? 5 : 8);
  }

  private static void assertClose(String name, float[] actual, double[] expected, double distance) {
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s, number %d", name, i)
          .isCloseTo(expected[i], within(distance));
    }
  }

  @ParameterizedTest
  @CsvSource({"full_model, adam", "full_model, sgd", "small_model, adam", "small_model, sgd"})
  void threeStepsGoWherePublishedOnesGo(String model, String kind) {
    Npz golden = GoldenCells.file(model + ".npz");
    ConvolutionNetwork network = GoldenCells.network(model, ConvolutionTask.ACCURACY);
    List<EncodedArchitecture> cells = GoldenCells.encoded(golden);
    DecayedAdam adam = new DecayedAdam(network.matrices(), 1e-3);
    RowStep plain =
        (matrix, row, gradient) ->
            Kernels.addScaled(matrix.rows()[row], gradient, -1e-2f, matrix.columns());
    List<Double> losses = new ArrayList<>();

    for (int i = 0; i < 3; i++) {
      adam.begin(1e-4);
      losses.add(network.step(cells, golden.get("in/target"), kind.equals("adam") ? adam : plain));
    }

    double[] expected = golden.get(kind + "/losses");
    for (int i = 0; i < 3; i++) {
      assertThat(losses.get(i)).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(network.predict(cells))
        .containsExactly(golden.get(kind + "/pred_after3"), within(1e-4));
    int compared = 0;
    for (Matrix matrix : network.matrices()) {
      String name = kind + "/after3/" + matrix.name();
      if (golden.has(name)) {
        assertClose(name, matrix.values(), golden.get(name), 2e-6);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(model.equals("full_model") ? 4 : 8);
  }
}
