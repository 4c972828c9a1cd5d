package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Counted;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FittedCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FoldOutcome;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Target;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Objects;

/** The folds in parallel, then the fit to all training cells; nothing where nobody wants it. */
public final class TrainClassifierStageImpl implements TrainClassifierStage {
  private final PausableUnits units;
  private final CellFits fits;

  @WorkflowInit
  public TrainClassifierStageImpl(StageInput input) {
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
    Counted counted = fits.count();
    if (!specification.trainsClassifier()) {
      return CanonicalJson.of(
          new ClassifierResult(
              "", counted.threshold(), counted.cells(), counted.passing(), null, null, List.of()));
    }
    Target target = new Target(true, false, counted.threshold(), 0);
    fits.announce(specification.crossValidation(), 1, 1);
    List<FoldOutcome> folds = fits.folds(specification, List.of(target));
    FittedCells fitted = fits.fit(target, "classifier");
    return CanonicalJson.of(
        new ClassifierResult(
            specification.classifier().kind(),
            counted.threshold(),
            counted.cells(),
            counted.passing(),
            fitted.model(),
            confusion(folds),
            fitted.losses()));
  }

  private static Confusion confusion(List<FoldOutcome> folds) {
    return folds.stream()
        .map(FoldOutcome::confusion)
        .filter(Objects::nonNull)
        .reduce(Confusion.NOTHING, Confusion::and);
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
