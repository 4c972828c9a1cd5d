package dev.espalier.activities.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.method.evolution.EvolvingActivities;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.workflows.method.evolution.EvolutionActivities;
import dev.espalier.workflows.method.evolution.EvolutionActivities.Evolve;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import dev.espalier.workflows.prediction.PredictorActivities;
import dev.espalier.workflows.prediction.PredictorActivities.FitPredictor;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.prediction.PredictorActivities.Fitted;
import dev.espalier.workflows.prediction.PredictorActivities.SplitOutcome;
import dev.espalier.workflows.prediction.PredictorActivities.Summarize;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictors fitted to a sample whose accuracy grows with its cost, and searches on them. */
final class PredictionActivitiesTest {
  private static final EvolutionSpecification SPECIFICATION =
      EvolutionSpecification.preset(
          "quick",
          Map.of(
              "predictor.kind", "forest",
              "predictor.trees", "30",
              "predictor.epochs", "3",
              "predictor.embedding", "8",
              "search.evaluations", "300"));

  @TempDir private Path folder;

  private Workbench workbench;
  private PredictorActivities predictors;
  private EvolutionActivities searches;
  private String rows;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    rows = storedRows();
    predictors =
        workbench.activities(
            PredictorActivities.class, new FittingActivities(workbench.equipment()));
    searches =
        workbench.activities(
            EvolutionActivities.class, new EvolvingActivities(workbench.equipment()));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private String storedRows() {
    RandomStream stream = RandomStream.of(0, "rows");
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Architecture architecture = SPECIFICATION.searchSpace().random(stream);
      double accuracy = SPECIFICATION.network().cost(architecture, 32, 2).macs() / 20e6;
      // One of them failed, as some do.
      all.add(
          new Row(architecture.canonical(), "", 1, 1, 0, null, i == 7 ? null : accuracy, accuracy));
    }
    return workbench
        .store()
        .artifacts()
        .put(CanonicalJson.of(all).getBytes(StandardCharsets.UTF_8), "evaluations", Map.of());
  }

  private SplitOutcome split(String kind, int number) {
    return predictors.split(
        new FitSplit(
            new StageRef(Workbench.EXPERIMENT, "train-predictor", Workbench.STAGE_KEY),
            SPECIFICATION.canonical(),
            rows,
            kind,
            number,
            40));
  }

  private Fitted fit() {
    return predictors.fit(
        new FitPredictor(
            new StageRef(Workbench.EXPERIMENT, "train-predictor", Workbench.STAGE_KEY),
            SPECIFICATION.canonical(),
            rows));
  }

  @Test
  void predictors_rank_held_out_architectures_and_are_summed_up_with_their_confidence() {
    List<SplitOutcome> splits =
        List.of(
            split("forest", 0),
            split("forest", 1),
            split("forest", 2),
            split("forest", 3),
            split("mlp", 0));
    assertThat(split("forest", 1)).as("found, not fitted again").isEqualTo(splits.get(1));

    TrainPredictorResult result = predictors.summarize(new Summarize("forest", fit(), splits));
    assertThat(result.rows()).as("all that did not fail").isEqualTo(59);
    assertThat(result.quality())
        .extracting(TrainPredictorResult.Quality::kind)
        .containsExactly("forest", "mlp");
    TrainPredictorResult.Quality forest = result.quality().getFirst();
    assertThat(forest.splits()).isEqualTo(4);
    assertThat(forest.tau()).isBetween(0.3, 1.0);
    assertThat(forest.low()).isLessThan(forest.tau());
    assertThat(forest.high()).isGreaterThan(forest.tau());
    assertThat(result.quality().getLast().low()).as("one split tells no spread").isNull();
  }

  @Test
  void a_search_finds_what_the_predictor_likes_within_its_budget() {
    String model = fit().model();
    Evolved genetic = evolve("genetic", model);
    assertThat(genetic.evaluations()).isEqualTo(300);
    assertThat(genetic.history())
        .extracting(HistoryPoint::best)
        .isSortedAccordingTo(Double::compare);
    assertThat(genetic.predicted()).isGreaterThanOrEqualTo(evolve("random", model).predicted());
    assertThat(genetic.macs()).isLessThanOrEqualTo(15_000_000);
    assertThat(genetic.front().getLast().predicted()).isEqualTo(genetic.predicted());
    assertThat(evolve("genetic", model)).as("found, not searched again").isEqualTo(genetic);
  }

  @Test
  void a_search_with_several_objectives_leaves_a_front_in_all_of_them() {
    List<Double> times = List.of(0.1, 0.5, 0.9, 1.5, 0.3, 0.6);
    EvolutionSpecification specification =
        EvolutionSpecification.preset(
            "quick",
            Map.of(
                "search.evaluations", "200",
                "search.objectives", "[accuracy, latency, parameters]",
                "budget.latency", "6",
                "budget.latencyTable", Json.write(Collections.nCopies(5, times))));

    Evolved evolved = evolve("genetic", fit().model(), specification);

    assertThat(evolved.latency()).isLessThanOrEqualTo(6);
    assertThat(evolved.front()).hasSizeGreaterThan(3).extracting(FrontPoint::latency).isSorted();
    for (FrontPoint one : evolved.front()) {
      assertThat(evolved.front()).noneMatch(other -> beats(other, one));
    }
    assertThat(evolved.front())
        .as("what is best in a cost alone stands there, though it costs more of the other")
        .anySatisfy(
            point -> assertThat(point.macs()).isGreaterThan(evolved.front().getFirst().macs()))
        .anyMatch(point -> point.architecture().equals(evolved.architecture()));
  }

  private static boolean beats(FrontPoint other, FrontPoint one) {
    return other.predicted() >= one.predicted()
        && Objects.requireNonNull(other.latency()) <= Objects.requireNonNull(one.latency())
        && Objects.requireNonNull(other.parameters()) <= Objects.requireNonNull(one.parameters())
        && !other.equals(one);
  }

  @Test
  void predictors_are_fitted_to_the_accuracy_after_the_first_rung() {
    EvolutionSpecification halving =
        EvolutionSpecification.preset(
            "quick", Map.of("evaluation.rungs", "2", "predictor.kind", "forest"));
    List<Row> rungs = new ArrayList<>();
    RandomStream stream = RandomStream.of(0, "rungs");
    for (int i = 0; i < 20; i++) {
      String architecture = halving.searchSpace().random(stream).canonical();
      double first = 0.1 + 0.005 * i;
      Double last = i == 3 ? null : i % 2 == 0 ? first : 0.9; // one failed on the second rung
      rungs.add(new Row(architecture, "", 1, 1, i % 2, first, last, 0.95));
    }
    String stored =
        workbench
            .store()
            .artifacts()
            .put(CanonicalJson.of(rungs).getBytes(StandardCharsets.UTF_8), "evaluations", Map.of());

    Fitted fitted =
        predictors.fit(
            new FitPredictor(
                new StageRef(Workbench.EXPERIMENT, "train-predictor", Workbench.STAGE_KEY),
                halving.canonical(),
                stored));

    assertThat(fitted.least()).isEqualTo(0.1);
    assertThat(fitted.most()).isEqualTo(0.1 + 0.005 * 19);
    assertThat(fitted.rows()).isEqualTo(20);

    SplitOutcome largest =
        predictors.split(
            new FitSplit(
                new StageRef(Workbench.EXPERIMENT, "train-predictor", Workbench.STAGE_KEY),
                halving.canonical(),
                stored,
                "forest",
                0,
                15));
    assertThat(largest.heldOut()).as("of 19 that ended, 15 fitted to and 4 shown").hasSize(4);
  }

  @Test
  void held_out_architectures_take_no_part_in_the_fit() {
    RandomStream stream = RandomStream.of(0, "noise");
    List<Row> noise = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String architecture = SPECIFICATION.searchSpace().random(stream).canonical();
      double accuracy = stream.nextDouble(); // nothing to learn, only to remember
      noise.add(new Row(architecture, "", 1, 1, 0, accuracy, accuracy, accuracy));
    }
    rows =
        workbench
            .store()
            .artifacts()
            .put(CanonicalJson.of(noise).getBytes(StandardCharsets.UTF_8), "evaluations", Map.of());

    double sum = 0;
    for (int number = 0; number < 6; number++) {
      sum += split("forest", number).tau();
    }
    assertThat(sum / 6).isBetween(-0.3, 0.3);
  }

  @Test
  void two_splits_give_no_confidence_beyond_what_tau_can_be() {
    List<SplitOutcome> splits =
        List.of(
            new SplitOutcome("mlp", 40, -0.8, 0.1, List.of()),
            new SplitOutcome("mlp", 40, 0.4, 0.1, List.of()));

    TrainPredictorResult.Quality quality =
        predictors
            .summarize(new Summarize("mlp", new Fitted("mlp", "", 40, 0, 1), splits))
            .quality()
            .getFirst();

    assertThat(quality.low()).isEqualTo(-1);
    assertThat(quality.high()).isEqualTo(1);
  }

  private Evolved evolve(String strategy, String model) {
    return evolve(strategy, model, SPECIFICATION);
  }

  private Evolved evolve(String strategy, String model, EvolutionSpecification specification) {
    return searches.evolve(
        new Evolve(
            new StageRef(Workbench.EXPERIMENT, "evolve", Workbench.STAGE_KEY),
            specification.canonical(),
            workbench.dataDigest(),
            strategy,
            model));
  }
}
