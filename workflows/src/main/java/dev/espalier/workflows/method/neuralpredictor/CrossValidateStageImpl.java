package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FittedCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FoldOutcome;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Target;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Fit;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Point;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.stream.IntStream;

/** Every setting on every fold in parallel, then the best one fitted to all training cells. */
public final class CrossValidateStageImpl implements CrossValidateStage {
  private final PausableUnits units;
  private final CellFits fits;

  @WorkflowInit
  public CrossValidateStageImpl(StageInput input) {
    StageNotes notes = new StageNotes(input);
    units = notes.units();
    fits = new CellFits(input, notes, units);
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> train(input));
  }

  private String train(StageInput input) {
    NeuralPredictorSpecification specification =
        Json.read(input.specification(), NeuralPredictorSpecification.class);
    ClassifierResult classifier =
        Json.read(input.input("train-classifier"), ClassifierResult.class);
    boolean passing = specification.fitsToPassing();
    boolean both = passing && specification.compares();
    int points = specification.points().size();
    fits.announce(specification.crossValidation(), points, both ? 2 : 1);
    List<FoldOutcome> folds =
        fits.folds(
            specification,
            IntStream.range(0, points)
                .mapToObj(point -> new Target(false, passing, classifier.threshold(), point))
                .toList());
    List<Point> judged = Judgement.points(specification.points(), folds);
    int chosen = Judgement.best(judged);
    Fit fitted = fitted(new Target(false, passing, classifier.threshold(), chosen), "predictor");
    Fit other =
        both ? fitted(new Target(false, false, classifier.threshold(), chosen), "other") : null;
    return CanonicalJson.of(
        new CellPredictorResult(
            specification.predictor().kind(),
            chosen,
            judged,
            fitted,
            other,
            Judgement.heldOut(folds, chosen)));
  }

  private Fit fitted(Target target, String name) {
    FittedCells fitted = fits.fit(target, name);
    return new Fit(fitted.model(), fitted.cells(), fitted.losses());
  }

  @Override
  public void pause() {
    units.pause();
  }

  @Override
  public void resume() {
    units.resume();
  }
}
