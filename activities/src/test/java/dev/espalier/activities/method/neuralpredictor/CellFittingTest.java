package dev.espalier.activities.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.CountCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Counted;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FitCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FitFold;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FittedCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FoldOutcome;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Target;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Fits to training cells whose accuracy grows with their convolutions")
class CellFittingTest {
  private static final StageRef REF =
      new StageRef(Workbench.EXPERIMENT, "train-predictor", Workbench.STAGE_KEY);
  private static final int CELLS = 60;
  private static final double THRESHOLD = 0.4;

  @TempDir private Path folder;
  private Workbench workbench;
  private CellFitActivities activities;
  private String rows;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    activities =
        workbench.activities(CellFitActivities.class, new CellFitting(workbench.equipment()));
    rows = stored(CELLS);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static double accuracy(Cell cell) {
    return 0.1 + 0.12 * cell.operators().stream().filter(Operator::isConvolution).count();
  }

  /** Of so many cells, the fourth of which failed. */
  private String stored(int cells) {
    RandomStream stream = RandomStream.of(0, "rows");
    Set<Cell> drawn = new LinkedHashSet<>();
    while (drawn.size() < cells) {
      drawn.add(NasBench201.SPACE.random(stream));
    }
    List<Row> all = new ArrayList<>();
    for (Cell cell : drawn) {
      Double accuracy = all.size() == 3 ? null : Double.valueOf(accuracy(cell));
      all.add(new Row(cell.canonical(), "", 1, 1, 0, accuracy, accuracy, accuracy));
    }
    return workbench
        .store()
        .artifacts()
        .put(CanonicalJson.of(all).getBytes(StandardCharsets.UTF_8), "evaluations", Map.of());
  }

  private static NeuralPredictorSpecification specification(Map<String, String> sets) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "predictor.kind", "forest",
                "predictor.members", "20",
                "classifier.kind", "forest",
                "crossValidation.folds", "4"));
    all.putAll(sets);
    return NeuralPredictorSpecification.preset("quick", all);
  }

  private FoldOutcome fold(Map<String, String> sets, Target target, int repeat, int fold) {
    return activities.fold(
        new FitFold(REF, specification(sets).canonical(), rows, null, target, repeat, fold));
  }

  private static Target predicts(boolean passing) {
    return new Target(false, passing, THRESHOLD, 0);
  }

  @Test
  void countWhoWasEvaluatedAndWhoPasses() {
    Counted counted =
        activities.count(new CountCells(REF, specification(Map.of()).canonical(), rows));
    assertThat(counted.cells()).isEqualTo(CELLS - 1);
    assertThat(counted.passing()).isBetween(CELLS / 2 - 1, CELLS);
    assertThat(counted.least()).isLessThan(counted.threshold());
    assertThat(counted.most()).isGreaterThan(counted.threshold());
  }

  @Test
  void holdEveryCellOutOnceInEachRepeatAndRankIt() {
    List<String> first = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int fold = 0; fold < 4; fold++) {
      FoldOutcome outcome = fold(Map.of(), predicts(false), 0, fold);
      assertThat(outcome.tau()).isBetween(0.3, 1.0);
      assertThat(outcome.confusion()).isNull();
      sizes.add(outcome.cells());
      outcome.heldOut().stream().map(Prediction::architecture).forEach(first::add);
    }
    assertThat(sizes).containsExactly(15, 15, 15, 14);
    assertThat(first).hasSize(CELLS - 1).doesNotHaveDuplicates();
    FoldOutcome again = fold(Map.of(), predicts(false), 0, 1);
    assertThat(again).as("found").isEqualTo(fold(Map.of(), predicts(false), 0, 1));
    assertThat(fold(Map.of(), predicts(false), 1, 0).heldOut()).isEmpty();
  }

  @Test
  void learnFromThePassingCellsAlone() {
    FoldOutcome outcome = fold(Map.of(), predicts(true), 0, 0);
    assertThat(outcome.heldOut())
        .extracting(Prediction::measured)
        .allMatch(measured -> measured >= THRESHOLD);
  }

  @Test
  void tellWhoPassesFromWhoDoesNot() {
    Confusion all = Confusion.NOTHING;
    for (int fold = 0; fold < 4; fold++) {
      Confusion confusion =
          Objects.requireNonNull(
              fold(Map.of(), new Target(true, false, THRESHOLD, 0), 0, fold).confusion());
      assertThat(confusion.found() + confusion.missed()).as("spread evenly").isBetween(4, 9);
      all = all.and(confusion);
    }
    assertThat(all.cells()).isEqualTo(CELLS - 1);
    assertThat(Objects.requireNonNull(all.precision())).isGreaterThan(0.6);
    assertThat(Objects.requireNonNull(all.recall())).isGreaterThan(0.6);
  }

  @Test
  void fitToAllCellsForGood() {
    FitCells request =
        new FitCells(
            REF, specification(Map.of()).canonical(), rows, null, predicts(false), "predictor");
    FittedCells fitted = activities.fit(request);
    assertThat(fitted.cells()).isEqualTo(CELLS - 1);
    assertThat(workbench.store().artifacts().exists(fitted.model())).isTrue();
    assertThat(activities.fit(request)).as("found, not fitted again").isEqualTo(fitted);
  }

  /** The curve of a predictor has a point for each epoch, where there are any. */
  @ParameterizedTest
  @MethodSource("kinds")
  void tellAnErrorForEachEpochOfKindsThatHaveThem(String kind) {
    NeuralPredictorSpecification specification =
        specification(
            Map.of("predictor.kind", kind, "predictor.epochs", "4", "predictor.members", "0"));
    FittedCells fitted =
        activities.fit(
            new FitCells(REF, specification.canonical(), rows, null, predicts(false), "predictor"));
    if (FitSettings.hasEpochs(kind)) {
      assertThat(fitted.losses()).hasSizeGreaterThanOrEqualTo(4);
    } else {
      assertThat(fitted.losses()).hasSizeBetween(1, 3);
    }
  }

  static List<String> kinds() {
    return Predictors.kinds().stream().filter(kind -> !kind.endsWith("-classifier")).toList();
  }

  /** The column tells the accuracies backwards, which no graph does. */
  @Test
  void readWhatIsKnownBesideGraphsWhereTheKindDoes() {
    Map<String, List<Double>> standings = new HashMap<>();
    List<Row> shuffled = new ArrayList<>();
    for (Row row : new Lists(workbench.store()).rows(rows)) {
      double accuracy = (shuffled.size() * 37 % 60 + 1) / 100.0;
      shuffled.add(new Row(row.architecture(), "", 1, 1, 0, accuracy, accuracy, accuracy));
      standings.put(row.architecture(), List.of(1 - accuracy));
    }
    String stored = new Lists(workbench.store()).put("evaluations", shuffled);
    String columns = new CellColumns(List.of("telling"), standings).keep(workbench.store());
    Map<String, String> sets = Map.of("predictor.kind", "blend", "predictor.members", "0");

    for (String known : Arrays.asList(columns, null)) {
      FoldOutcome outcome =
          activities.fold(
              new FitFold(
                  new StageRef(Workbench.EXPERIMENT, "folds", known == null ? "plain" : "known"),
                  specification(sets).canonical(),
                  stored,
                  known,
                  new Target(false, false, 0, 0),
                  0,
                  0));
      if (known == null) {
        assertThat(outcome.tau()).isLessThan(0.6);
      } else {
        assertThat(outcome.tau()).isGreaterThan(0.85);
      }
    }
    assertThat(
            activities
                .fold(
                    new FitFold(
                        REF,
                        specification(Map.of()).canonical(),
                        stored,
                        columns,
                        new Target(true, false, 0.3, 0),
                        0,
                        0))
                .confusion())
        .as("a forest reads graphs alone")
        .isNotNull();
  }

  @Test
  void refuseFewerCellsThanFolds() {
    rows = stored(5);
    assertThatThrownBy(() -> fold(Map.of("crossValidation.folds", "5"), predicts(false), 0, 0))
        .rootCause()
        .hasMessageContaining(
            "crossValidation.folds (5) are too many for the 4 cells that there are to learn from");
  }

  @Test
  void refuseAThresholdThatNobodyOrEverybodyReaches() {
    assertThatThrownBy(() -> fold(Map.of(), new Target(true, false, 0.99, 0), 0, 0))
        .rootCause()
        .hasMessageContaining("classifier.threshold: none of the 59 training cells reach 0.99");
    assertThatThrownBy(() -> fold(Map.of(), new Target(true, false, 0.01, 0), 0, 0))
        .rootCause()
        .hasMessageContaining("classifier.threshold: all of the 59 training cells reach 0.01");
  }
}
