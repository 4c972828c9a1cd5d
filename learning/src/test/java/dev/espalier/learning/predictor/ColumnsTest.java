package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of architectures beside their graphs. */
class ColumnsTest {
  private static final List<Cell> CELLS =
      IntStream.range(0, 100).mapToObj(i -> Cell.ofIndex(151 * i)).toList();

  /** Accuracies that no graph tells, with a column that does, on a scale of its own. */
  private static final double[] ACCURACIES =
      Stream.generate(RandomStream.of(3, "accuracies")::nextDouble)
          .limit(CELLS.size())
          .mapToDouble(each -> each)
          .toArray();

  private static final Columns TELLING = columns("telling", 40);

  private static Columns columns(String name, double power) {
    Map<String, double[]> rows = new HashMap<>();
    for (int i = 0; i < CELLS.size(); i++) {
      rows.put(
          CELLS.get(i).canonical(), new double[] {StrictMath.exp(power * ACCURACIES[i]), i % 7});
    }
    return new Columns(List.of(name, "other"), rows);
  }

  private static FitOutcome fit(String kind, TrainingRows rows, byte @Nullable [] checkpoint) {
    return Predictors.fit(
        Torch.cpu(),
        NasBench201.SPACE,
        PredictorRecipe.published(kind),
        rows,
        1,
        "fit",
        checkpoint,
        FitMonitor.none());
  }

  private static TrainingRows rows() {
    return new TrainingRows(CELLS, ACCURACIES).select(IntStream.range(0, 50).toArray());
  }

  private static Predictor fitted(String kind, TrainingRows rows) {
    return ((FitOutcome.Finished) fit(kind, rows, null)).predictor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian-process", "blend"})
  void processesReadThemByTheirOrder(String kind) {
    Predictor predictor = fitted(kind, rows().with(TELLING));
    List<Cell> unseen = CELLS.subList(50, 100);
    double[] truth = Arrays.copyOfRange(ACCURACIES, 50, 100);

    assertThat(Statistics.kendallTau(predictor.predict(unseen), truth)).isGreaterThan(0.8);
    assertThat(Statistics.kendallTau(fitted(kind, rows()).predict(unseen), truth)).isLessThan(0.4);
    assertThat(
            Predictors.load(Torch.cpu(), NasBench201.SPACE, predictor.save(), TELLING)
                .estimate(unseen))
        .isEqualTo(predictor.estimate(unseen));
    double[] otherScale = fitted(kind, rows().with(columns("telling", 1))).predict(unseen);
    assertThat(Statistics.kendallTau(otherScale, predictor.predict(unseen))).isGreaterThan(0.9);
  }

  @Test
  void aPredictorIsLoadedWithTheColumnsThatItReads() {
    byte[] saved = fitted("gaussian-process", rows().with(TELLING)).save();
    byte[] plain = fitted("gaussian-process", rows()).save();

    assertThatThrownBy(() -> Predictors.load(Torch.cpu(), NasBench201.SPACE, saved))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("reads the columns [telling, other]");
    assertThatThrownBy(() -> Predictors.load(Torch.cpu(), NasBench201.SPACE, plain, TELLING))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void anArchitectureWithoutItsNumbersIsNamed() {
    Predictor predictor = fitted("gaussian-process", rows().with(TELLING));

    assertThatThrownBy(() -> predictor.predict(List.of(Cell.ofIndex(1))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(Cell.ofIndex(1).canonical() + " has no telling, other");
  }

  @Test
  void whatIsWrongWithThemIsToldAtOnce() {
    Map<String, double[]> rows =
        Map.of("a", new double[] {1, Double.NaN}, "b", new double[] {1}, "c", new double[] {1, 2});

    assertThatThrownBy(() -> new Columns(List.of("x", "x"), rows))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining("b has 1 numbers")
        .hasMessageContaining("x of a is NaN");
  }

  @Test
  void aCheckpointBelongsToItsColumns() {
    PredictorRecipe recipe = PredictorRecipe.published("blend");
    FitOutcome.Stopped stopped =
        (FitOutcome.Stopped)
            Predictors.fit(
                Torch.cpu(),
                NasBench201.SPACE,
                recipe,
                rows().with(TELLING),
                1,
                "fit",
                null,
                FitStop.at(1));

    assertThatThrownBy(() -> fit("blend", rows(), stopped.checkpoint()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another fit");
    FitOutcome.Finished end =
        (FitOutcome.Finished) fit("blend", rows().with(TELLING), stopped.checkpoint());
    assertThat(end.predictor().save()).isEqualTo(fitted("blend", rows().with(TELLING)).save());
  }
}
