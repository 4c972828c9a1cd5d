package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.neuralpredictor.CrossValidation;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.CountCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Counted;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FitCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FitFold;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FittedCells;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FoldOutcome;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.Target;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fits of one stage: folds in parallel, and those to all cells. */
final class CellFits {
  private static final int WINDOW = 64;

  private final StageInput input;
  private final StageNotes notes;
  private final PausableUnits units;
  private final CellFitActivities activities;

  CellFits(StageInput input, StageNotes notes, PausableUnits units) {
    this.input = input;
    this.notes = notes;
    this.units = units;
    this.activities =
        Workflow.newActivityStub(
            CellFitActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  Counted count() {
    CountCells request = new CountCells(input.ref(), input.specification(), rows());
    return SingleUnit.run(units, request, activities::count);
  }

  /**
   * Tells how much there is to do.
   *
   * @param points settings that are tried
   * @param fits to all cells
   */
  void announce(CrossValidation validation, int points, int fits) {
    int all = points * validation.repeats() * validation.folds() + fits;
    notes
        .bookkeeping()
        .stageProgress(new StageProgressNote(input.key(), new Progress(0, 1, 0, all, "fits")));
  }

  /**
   * Every target on every fold of every repeat; a fit that diverged is left out where that is
   * tolerated, and tells nothing of its settings.
   */
  List<FoldOutcome> folds(NeuralPredictorSpecification specification, List<Target> targets) {
    CrossValidation validation = specification.crossValidation();
    List<FitFold> folds = new ArrayList<>();
    for (Target target : targets) {
      for (int repeat = 0; repeat < validation.repeats(); repeat++) {
        for (int fold = 0; fold < validation.folds(); fold++) {
          folds.add(
              new FitFold(
                  input.ref(), input.specification(), rows(), columns(), target, repeat, fold));
        }
      }
    }
    boolean mayDiverge = specification.failure().onDiverged().equals("continue");
    List<FoldOutcome> outcomes =
        units.run(folds, WINDOW, activities::fold, (fold, outcome) -> {}).stream()
            .filter(outcome -> !(mayDiverge && isDiverged(outcome)))
            .map(SingleUnit::orFail)
            .toList();
    if (outcomes.isEmpty()) {
      throw new InvalidInput(
          "every fit of the cross validation diverged: lower predictor.learningRate");
    }
    return outcomes;
  }

  private static boolean isDiverged(Outcome<FoldOutcome> outcome) {
    return outcome instanceof Outcome.Failed<FoldOutcome>(String type, String _)
        && type.equals(ActivityRules.DIVERGED);
  }

  FittedCells fit(Target target, String name) {
    FitCells request =
        new FitCells(input.ref(), input.specification(), rows(), columns(), target, name);
    return SingleUnit.run(units, request, activities::fit);
  }

  private String rows() {
    return Json.read(input.input("evaluate"), EvaluateSampleResult.class).rows();
  }

  private @Nullable String columns() {
    return Json.read(input.input("split"), SplitResult.class).columns();
  }
}
