package dev.espalier.activities.prediction;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.FitsPredictor;
import dev.espalier.search.method.Specification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.PredictorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.store.Store;
import dev.espalier.workflows.prediction.PredictorActivities;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Fits predictors; each fit is recorded once. */
public final class FittingActivities implements PredictorActivities {
  private final Store store;
  private final EspalierMetrics metrics;
  private final DurableFits fits;
  private final Results results;
  private final Lists lists;

  public FittingActivities(Equipment equipment) {
    this.store = equipment.store();
    this.metrics = equipment.metrics();
    this.fits = new DurableFits(equipment);
    this.results = new Results(store, equipment.units());
    this.lists = new Lists(store);
  }

  @Override
  public SplitOutcome split(FitSplit request) {
    FitsPredictor specification = specification(request.specification());
    String name =
        "split-%s-%d-%d".formatted(request.kind(), request.trainingRows(), request.split());
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/" + name,
            "Fitting %s to %d architectures, split %d"
                .formatted(request.kind(), request.trainingRows(), request.split() + 1));
    return results.once(
        unit,
        new Task<>(request, SplitOutcome.class, specification.failure().attemptsWithoutProgress()),
        name,
        attempt -> measured(request, specification, unit, attempt),
        () -> advance(unit));
  }

  private SplitOutcome measured(
      FitSplit request, FitsPredictor specification, UnitName unit, Attempt attempt) {
    TrainingRows all = rows(specification, request.rows());
    int[] order =
        RandomStream.of(specification.seed(), "predictor", "split", request.split())
            .permutation(all.size());
    int evaluated = evaluated(request.rows());
    int held = specification.predictor().heldOutOf(evaluated);
    TrainingRows heldOut = all.select(Arrays.copyOf(order, held));
    TrainingRows fitted =
        all.select(Arrays.copyOfRange(order, held, held + request.trainingRows()));
    String stream =
        "predictor/%s/%d/%d".formatted(request.kind(), request.trainingRows(), request.split());
    try (Predictor predictor = fit(request.kind(), specification, fitted, stream, unit, attempt)) {
      double[] predicted = predictor.predict(heldOut.architectures());
      double[] measured = heldOut.accuracies();
      boolean shown =
          request.split() == 0
              && request.kind().equals(specification.predictor().kind())
              && request.trainingRows() == evaluated - held;
      return new SplitOutcome(
          request.kind(),
          request.trainingRows(),
          tau(predicted, measured),
          error(predicted, measured),
          shown ? HeldOut.shown(heldOut, predicted) : List.of());
    }
  }

  /** As the stage counts them: not those that failed, be it on a later rung only. */
  private int evaluated(String rows) {
    return Math.toIntExact(
        lists.rows(rows).stream().filter(row -> row.validationAccuracy() != null).count());
  }

  /** 0 where all are tied, since nothing can be ranked then. */
  private static double tau(double[] predicted, double[] measured) {
    double tau = Statistics.kendallTau(predicted, measured);
    return Double.isNaN(tau) ? 0 : tau;
  }

  private static double error(double[] predicted, double[] measured) {
    double squares = 0;
    for (int i = 0; i < predicted.length; i++) {
      squares += (predicted[i] - measured[i]) * (predicted[i] - measured[i]);
    }
    return Math.sqrt(squares / predicted.length);
  }

  @Override
  public Fitted fit(FitPredictor request) {
    FitsPredictor specification = specification(request.specification());
    String kind = specification.predictor().kind();
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/fitted",
            "Fitting %s to all evaluated architectures".formatted(kind));
    return results.once(
        unit,
        new Task<>(request, Fitted.class, specification.failure().attemptsWithoutProgress()),
        "fitted",
        attempt -> {
          TrainingRows all = rows(specification, request.rows());
          try (Predictor predictor =
              fit(kind, specification, all, "predictor/" + kind, unit, attempt)) {
            String model =
                store.artifacts().put(predictor.save(), "predictor", Map.of("kind", kind));
            double[] measured = all.accuracies();
            return new Fitted(
                kind,
                model,
                all.size(),
                Arrays.stream(measured).min().orElseThrow(),
                Arrays.stream(measured).max().orElseThrow());
          }
        },
        () -> advance(unit));
  }

  private void advance(UnitName unit) {
    store.stages().advance(unit.ref().stageKey(), 0, 1);
    metrics.candidates(unit.ref().stage(), 1);
  }

  private Predictor fit(
      String kind,
      FitsPredictor specification,
      TrainingRows rows,
      String stream,
      UnitName unit,
      Attempt attempt) {
    return fits.fit(
            unit,
            attempt,
            specification.searchSpace(),
            recipe(kind, specification.predictor()),
            rows,
            specification.seed(),
            stream)
        .predictor();
  }

  private static PredictorRecipe recipe(String kind, PredictorSettings settings) {
    return new PredictorRecipe(
        kind,
        settings.epochs(),
        settings.learningRate(),
        settings.embedding(),
        settings.hidden(),
        settings.blocks(),
        settings.batch(),
        settings.validation(),
        0,
        kind.equals("forest") ? settings.trees() : settings.members());
  }

  /**
   * The evaluated rows, by validation accuracy. Under successive halving that of the first rung,
   * which all of them reached.
   */
  private TrainingRows rows(FitsPredictor specification, String sha) {
    List<Architecture> architectures = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (Row row : lists.rows(sha)) {
      Double accuracy =
          specification.halving().rungs().size() > 1 ? row.firstRung() : row.validationAccuracy();
      if (accuracy != null) {
        architectures.add(specification.searchSpace().parse(row.architecture()));
        accuracies.add(accuracy);
      }
    }
    return new TrainingRows(
        architectures, accuracies.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public TrainPredictorResult summarize(Summarize request) {
    return PredictorSummary.of(request);
  }

  private static FitsPredictor specification(String json) {
    return (FitsPredictor) Json.read(json, Specification.class);
  }
}
