package dev.espalier.activities.prediction;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Attempt;
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
import dev.espalier.workflows.prediction.PredictorActivities;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits predictors; each fit is recorded once. */
public final class FittingActivities implements PredictorActivities {
  private final DurableFits fits;
  private final Lists lists;

  public FittingActivities(Equipment equipment) {
    this.fits = new DurableFits(equipment);
    this.lists = new Lists(equipment.store());
  }

  @Override
  public SplitOutcome split(FitSplit request) {
    FitsPredictor specification = specification(request.specification());
    return fits.once(
        request.ref(),
        "split-%s-%d-%d".formatted(request.kind(), request.trainingRows(), request.split()),
        "Fitting %s to %d architectures, split %d"
            .formatted(request.kind(), request.trainingRows(), request.split() + 1),
        new Task<>(request, SplitOutcome.class, specification.failure().attemptsWithoutProgress()),
        (unit, attempt) -> measured(request, specification, unit, attempt));
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
          DurableFits.tau(predicted, measured),
          Math.sqrt(DurableFits.squares(predicted, measured) / predicted.length),
          shown ? HeldOut.shown(heldOut, predicted) : List.of());
    }
  }

  /** As the stage counts them: not those that failed, be it on a later rung only. */
  private int evaluated(String rows) {
    return Math.toIntExact(
        lists.rows(rows).stream().filter(row -> row.validationAccuracy() != null).count());
  }

  @Override
  public Fitted fit(FitPredictor request) {
    FitsPredictor specification = specification(request.specification());
    String kind = specification.predictor().kind();
    return fits.once(
        request.ref(),
        "fitted",
        "Fitting %s to all evaluated architectures".formatted(kind),
        new Task<>(request, Fitted.class, specification.failure().attemptsWithoutProgress()),
        (unit, attempt) -> {
          TrainingRows all = rows(specification, request.rows());
          try (Predictor predictor =
              fit(kind, specification, all, "predictor/" + kind, unit, attempt)) {
            double[] measured = all.accuracies();
            return new Fitted(
                kind,
                fits.keep(predictor, kind),
                all.size(),
                Arrays.stream(measured).min().orElseThrow(),
                Arrays.stream(measured).max().orElseThrow());
          }
        });
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
