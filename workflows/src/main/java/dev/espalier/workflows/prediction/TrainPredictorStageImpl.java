package dev.espalier.workflows.prediction;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.specification.GnnEvolutionSpecification;
import dev.espalier.workflows.experiment.Bookkeeping;
import dev.espalier.workflows.experiment.Bookkeeping.Progress;
import dev.espalier.workflows.experiment.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.prediction.PredictorActivities.FitPredictor;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.prediction.PredictorActivities.Fitted;
import dev.espalier.workflows.prediction.PredictorActivities.SplitOutcome;
import dev.espalier.workflows.prediction.PredictorActivities.Summarize;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;

/** The splits in parallel, then the fit to all rows. */
public final class TrainPredictorStageImpl implements TrainPredictorStage {
  private static final int WINDOW = 64;

  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final PredictorActivities activities;

  @WorkflowInit
  public TrainPredictorStageImpl(StageInput input) {
    StageNotes notes = new StageNotes(input);
    units = notes.units();
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            PredictorActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> train(input));
  }

  private String train(StageInput input) {
    GnnEvolutionSpecification specification =
        Json.read(input.specification(), GnnEvolutionSpecification.class);
    EvaluateSampleResult evaluated = Json.read(input.input("evaluate"), EvaluateSampleResult.class);
    List<FitSplit> fits =
        SplitPlan.of(input, specification.predictor(), evaluated.rows(), evaluated.count());
    bookkeeping.stageProgress(
        new StageProgressNote(input.key(), new Progress(0, 1, 0, fits.size() + 1, "fits")));
    boolean mayDiverge = specification.failure().onDiverged().equals("continue");
    List<SplitOutcome> splits =
        units.run(fits, WINDOW, activities::split, (fit, outcome) -> {}).stream()
            .filter(outcome -> !(mayDiverge && isDiverged(outcome)))
            .map(SingleUnit::orFail)
            .toList();
    Fitted fitted =
        SingleUnit.run(
            units,
            new FitPredictor(
                input.experimentId(),
                input.stage(),
                input.key(),
                input.specification(),
                evaluated.rows()),
            activities::fit);
    return CanonicalJson.of(
        SingleUnit.run(
            units,
            new Summarize(specification.predictor().kind(), fitted, splits),
            activities::summarize));
  }

  /** A fit that diverged tells nothing of how well its kind ranks; the others do. */
  private static boolean isDiverged(Outcome<SplitOutcome> outcome) {
    return outcome instanceof Outcome.Failed<SplitOutcome>(String type, String _)
        && type.equals(ActivityRules.DIVERGED);
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
