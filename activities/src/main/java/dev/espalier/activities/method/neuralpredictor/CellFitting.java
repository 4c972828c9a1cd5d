package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.prediction.DurableFits;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.predictor.Columns;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Fits classifiers and predictors; each fit is recorded once. */
final class CellFitting implements CellFitActivities {
  /** So many epochs of a fit are shown. */
  private static final int MOST_LOSSES = 150;

  /** So many predictions of held-out cells are shown of all folds. */
  private static final int MOST_SHOWN = 300;

  private final Store store;
  private final DurableFits fits;
  private final Results results;
  private final Lists lists;

  CellFitting(Equipment equipment) {
    this.store = equipment.store();
    this.fits = new DurableFits(equipment);
    this.results = new Results(equipment.store(), equipment.units());
    this.lists = new Lists(equipment.store());
  }

  @Override
  public Counted count(CountCells request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/count", "Counting the training cells");
    return results.once(
        unit,
        new Task<>(request, Counted.class, specification.failure().attemptsWithoutProgress()),
        "counted",
        attempt -> {
          double[] accuracies = TrainingCells.accuracies(lists.rows(request.rows()));
          if (accuracies.length == 0) {
            throw new InvalidInput(
                "no training cell could be evaluated, so there is nothing to learn");
          }
          double threshold = specification.classifier().thresholdFor(accuracies);
          return new Counted(
              accuracies.length,
              threshold,
              Math.toIntExact(Arrays.stream(accuracies).filter(each -> each >= threshold).count()),
              Arrays.stream(accuracies).min().orElseThrow(),
              Arrays.stream(accuracies).max().orElseThrow());
        });
  }

  @Override
  public FoldOutcome fold(FitFold request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    return fits.once(
        request.ref(),
        "fold-%d-%d-%d".formatted(request.target().point(), request.repeat(), request.fold()),
        "Fitting %s without fold %d"
            .formatted(settings(specification, request.target()).kind(), request.fold() + 1),
        new Task<>(request, FoldOutcome.class, specification.failure().attemptsWithoutProgress()),
        (unit, attempt) -> measured(request, specification, unit, attempt));
  }

  private FoldOutcome measured(
      FitFold request, NeuralPredictorSpecification specification, UnitName unit, Attempt attempt) {
    TrainingCells cells = cells(specification, request.rows(), request.columns(), request.target());
    List<int[]> folds =
        cells.folds(
            specification.crossValidation().folds(), specification.seed(), request.repeat());
    int[] held = folds.get(request.fold());
    int[] rest =
        IntStream.range(0, folds.size())
            .filter(fold -> fold != request.fold())
            .flatMap(fold -> Arrays.stream(folds.get(fold)))
            .toArray();
    String stream =
        "%s/%d/%d".formatted(stream(request.target()), request.repeat(), request.fold());
    try (Predictor predictor =
        fit(specification, request.target(), cells.select(rest), stream, unit, attempt)
            .predictor()) {
      List<Prediction> heldOut = cells.predicted(predictor, held);
      double[] predicted = heldOut.stream().mapToDouble(Prediction::predicted).toArray();
      double[] measured = heldOut.stream().mapToDouble(Prediction::measured).toArray();
      return new FoldOutcome(
          request.target().point(),
          request.repeat(),
          request.fold(),
          DurableFits.tau(predicted, measured),
          DurableFits.squares(predicted, measured),
          held.length,
          request.target().classifies() ? confusion(heldOut) : null,
          request.repeat() == 0
              ? heldOut.subList(0, Math.min(heldOut.size(), MOST_SHOWN / folds.size()))
              : List.of());
    }
  }

  /** Labels are 1 for who passes and 0 for who does not. */
  private static Confusion confusion(List<Prediction> heldOut) {
    Confusion confusion = Confusion.NOTHING;
    for (Prediction each : heldOut) {
      confusion = confusion.with(each.measured() > 0.5, each.predicted() > 0.5);
    }
    return confusion;
  }

  @Override
  public FittedCells fit(FitCells request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    String kind = settings(specification, request.target()).kind();
    return fits.once(
        request.ref(),
        "fitted-" + request.name(),
        "Fitting %s to the training cells".formatted(kind),
        new Task<>(request, FittedCells.class, specification.failure().attemptsWithoutProgress()),
        (unit, attempt) -> {
          TrainingRows rows =
              cells(specification, request.rows(), request.columns(), request.target()).all();
          FitOutcome.Finished finished =
              fit(specification, request.target(), rows, stream(request.target()), unit, attempt);
          try (Predictor predictor = finished.predictor()) {
            return new FittedCells(
                fits.keep(predictor, kind), rows.size(), thinned(finished.losses()));
          }
        });
  }

  private static List<Double> thinned(List<Double> losses) {
    int step = Math.max(1, Math.ceilDiv(losses.size(), MOST_LOSSES));
    List<Double> thinned = new ArrayList<>();
    for (int i = 0; i < losses.size(); i += step) {
      thinned.add(losses.get(i));
    }
    return thinned;
  }

  private TrainingCells cells(
      NeuralPredictorSpecification specification,
      String rows,
      @Nullable String columns,
      Target target) {
    Columns known = CellColumns.read(store, columns).readBy(settings(specification, target).kind());
    return TrainingCells.of(specification.searchSpace(), lists.rows(rows), known, target);
  }

  private FitOutcome.Finished fit(
      NeuralPredictorSpecification specification,
      Target target,
      TrainingRows rows,
      String stream,
      UnitName unit,
      Attempt attempt) {
    return fits.fit(
        unit,
        attempt,
        specification.searchSpace(),
        recipe(settings(specification, target)),
        rows,
        specification.seed(),
        stream);
  }

  private static FitSettings settings(NeuralPredictorSpecification specification, Target target) {
    return target.classifies()
        ? new FitSettings(specification.classifier().kind(), FitSettings.ALL, 0, 0, 0, 0)
        : specification.points().get(target.point());
  }

  private static String stream(Target target) {
    return target.classifies()
        ? "classifier"
        : "predictor/%s/%d".formatted(target.passing() ? "passing" : "all", target.point());
  }

  /** As the kind was published, with what the specification says otherwise. */
  private static PredictorRecipe recipe(FitSettings settings) {
    PredictorRecipe published = PredictorRecipe.published(settings.kind());
    return new PredictorRecipe(
        settings.kind(),
        settings.epochs() == 0 ? published.epochs() : settings.epochs(),
        settings.learningRate() == 0 ? published.learningRate() : settings.learningRate(),
        published.embedding(),
        published.hidden(),
        published.blocks(),
        settings.batch() == 0 ? published.batch() : settings.batch(),
        published.validationShare(),
        published.patience(),
        settings.members() == 0 ? published.members() : settings.members());
  }

  private static NeuralPredictorSpecification specification(String json) {
    return Json.read(json, NeuralPredictorSpecification.class);
  }
}
