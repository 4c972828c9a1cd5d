package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.store.Labels;
import dev.espalier.store.StageProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForecastTest {

  /** The same experiment with so many measurements done, every five seconds. */
  static void observed(Forecast forecast, int... done) {
    double seconds = 0;
    for (int each : done) {
      forecast.observe(withDone(each), seconds);
      seconds += 5;
    }
  }

  private static ExperimentView withDone(int done) {
    ExperimentView view = Examples.running();
    List<StageView> stages =
        view.stages().stream()
            .map(stage -> stage.name().equals("prune") ? at(stage, done) : stage)
            .toList();
    return new ExperimentView(
        view.id(),
        view.state(),
        view.desired(),
        view.reason(),
        view.method(),
        view.space(),
        view.data(),
        view.seed(),
        view.preset(),
        view.digest(),
        view.dataDigest(),
        view.numericClass(),
        view.result(),
        stages,
        view.progress(),
        view.attempts(),
        view.recoveries(),
        view.retries(),
        view.created(),
        view.started(),
        view.ended(),
        view.seconds(),
        view.launchedBy(),
        view.version(),
        view.artifacts(),
        view.specification(),
        Labels.NONE);
  }

  private static StageView at(StageView stage, int done) {
    return new StageView(
        stage.name(),
        stage.kind(),
        stage.key(),
        stage.state(),
        stage.reason(),
        stage.attempts(),
        stage.recoveries(),
        stage.seconds(),
        new StageProgress(1, 3, done, 57, "measurements", null),
        stage.started(),
        stage.ended(),
        stage.environment());
  }

  @Test
  void knowsNothingBeforeSomethingWasDone() {
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    observed(forecast, 3);

    assertThat(forecast.rate()).isEmpty();
    assertThat(forecast.left(Examples.running().stages().get(1))).isEmpty();
  }

  @Test
  void theTimeLeftCountsTheRoundsToComeWithTheirFewerCandidates() {
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    observed(forecast, 3, 13, 23, 33);

    // Two a second; 24 left of this round of three operators an edge, then 57 * 2 / 3 = 38.
    assertThat(forecast.left(Examples.running().stages().get(1)).orElseThrow())
        .isCloseTo((24 + 38) / 2.0, Offset.offset(1e-9));
  }

  @Test
  void underSuccessiveHalvingTheLaterRungsAreFewerAndLongerTrainings() {
    Map<String, String> halving =
        Map.of("sample.architectures", "12", "evaluation.rungs", "3", "evaluation.epochs", "4");
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    List<StageView> seen = new ArrayList<>();
    for (int[] now : new int[][] {{0, 8, 12}, {0, 12, 12}, {1, 4, 6}}) {
      ExperimentView view =
          EvolutionExamples.training(
              new StageProgress(now[0], 3, now[1], now[2], "trainings", null), halving);
      seen.addAll(view.stages());
      forecast.observe(view, 10.0 * seen.size());
    }

    // 8 trainings of one epoch in 20 s; left are 2 of one epoch and 3 of two.
    assertThat(forecast.rate().orElseThrow()).isCloseTo(0.4, Offset.offset(1e-9));
    assertThat(forecast.left(seen.getLast()).orElseThrow())
        .isCloseTo((2 + 3 * 2) / 0.4, Offset.offset(1e-9));
  }

  @Test
  void ofTheLastRungCountsEpochsNotTrainings() {
    Map<String, String> halving =
        Map.of("sample.architectures", "12", "evaluation.rungs", "3", "evaluation.epochs", "4");
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    List<StageView> seen = new ArrayList<>();
    for (int done = 0; done <= 2; done++) {
      ExperimentView view =
          EvolutionExamples.training(new StageProgress(2, 3, done, 3, "trainings", null), halving);
      seen.addAll(view.stages());
      forecast.observe(view, 10.0 * done);
    }

    assertThat(forecast.rate().orElseThrow()).isCloseTo(0.1, Offset.offset(1e-9));
    assertThat(forecast.left(seen.getLast()).orElseThrow()).isCloseTo(10, Offset.offset(1e-9));
  }

  @Test
  void manyArchitecturesOfARungAreSeveralRounds() {
    StageProgress progress = new StageProgress(1, 4, 0, 100, "trainings", null);
    ExperimentView view =
        EvolutionExamples.training(
            progress,
            Map.of(
                "sample.architectures", "600", "evaluation.rungs", "2", "evaluation.epochs", "4"));

    assertThat(MethodCard.roundsOf(view, view.stages().getFirst()))
        .containsExactly(new Round(500, 2), new Round(100, 2), new Round(300, 2));
  }

  @Test
  void aNewRoundDoesNotBreakThePace() {
    Pace pace = new Pace();
    pace.observe("prune", 80, 0);
    pace.observe("prune", 90, 5);
    pace.observe("prune", 10, 10); // the round ended at 90, the next one has done 10

    assertThat(pace.perSecond(10).orElseThrow()).isCloseTo(2, Offset.offset(1e-9));
  }

  @Test
  void anotherStageBeginsAnew() {
    Pace pace = new Pace();
    pace.observe("prune", 80, 0);
    pace.observe("prune", 90, 5);
    pace.observe("evaluate", 1, 10);

    assertThat(pace.perSecond(10)).isEmpty();
  }

  @Test
  void thePaceFallsWhileNothingIsDone() {
    Pace pace = new Pace();
    pace.observe("prune", 0, 0);
    pace.observe("prune", 10, 5);
    double before = pace.perSecond(6).orElseThrow();
    pace.observe("prune", 10, 40);

    assertThat(before).isCloseTo(2, Offset.offset(1e-9));
    assertThat(pace.perSecond(40).orElseThrow()).isLessThan(0.5);
  }
}
