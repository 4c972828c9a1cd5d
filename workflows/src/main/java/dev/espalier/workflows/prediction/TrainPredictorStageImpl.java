package dev.espalier.workflows.prediction;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.FitsPredictor;
import dev.espalier.search.method.Specification;
import dev.espalier.workflows.prediction.PredictorActivities.FitPredictor;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.prediction.PredictorActivities.Fitted;
import dev.espalier.workflows.prediction.PredictorActivities.SplitOutcome;
import dev.espalier.workflows.prediction.PredictorActivities.Summarize;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The splits in parallel, page by page where there are many, then the fit to all rows. */
public final class TrainPredictorStageImpl implements TrainPredictorStage {
  private static final int WINDOW = 64;

  /** Fits of one page: some thousand events of history. */
  private static final int PAGE = 500;

  /** Stages that began before there were pages go on without. */
  private static final String PAGES = "pages";

  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final PredictorActivities activities;
  private final int page;
  private final BooleanSupplier historyIsLong;
  private LoopState loop = new LoopState(0, List.of(), false);

  @WorkflowInit
  public TrainPredictorStageImpl(StageInput input) {
    this(input, PAGE, StageNotes::isHistoryLong);
  }

  /**
   * @param page fits after which the stage may continue as new
   * @param historyIsLong whether to
   */
  TrainPredictorStageImpl(StageInput input, int page, BooleanSupplier historyIsLong) {
    this.page = page;
    this.historyIsLong = historyIsLong;
    StageNotes notes = new StageNotes(input);
    units = notes.units(historyIsLong, () -> resumed(input));
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            PredictorActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    if (input.resumeFrom() != null) {
      loop = Json.read(input.resumeFrom(), LoopState.class);
      if (loop.paused()) {
        units.pause();
      }
    }
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> train(input));
  }

  private String train(StageInput input) {
    FitsPredictor specification =
        (FitsPredictor) Json.read(input.specification(), Specification.class);
    EvaluateSampleResult evaluated = Json.read(input.input("evaluate"), EvaluateSampleResult.class);
    List<FitSplit> fits =
        SplitPlan.of(input, specification.predictor(), evaluated.rows(), evaluated.count());
    if (input.resumeFrom() == null) {
      bookkeeping.stageProgress(
          new StageProgressNote(input.key(), new Progress(0, 1, 0, fits.size() + 1, "fits")));
    }
    boolean mayDiverge = specification.failure().onDiverged().equals("continue");
    int most =
        fits.size() > page && Workflow.getVersion(PAGES, Workflow.DEFAULT_VERSION, 1) == 1
            ? page
            : fits.size();
    while (loop.from() < fits.size()) {
      int to = Math.min(fits.size(), loop.from() + most);
      List<SplitOutcome> splits =
          units
              .run(fits.subList(loop.from(), to), WINDOW, activities::split, (fit, outcome) -> {})
              .stream()
              .filter(outcome -> !(mayDiverge && isDiverged(outcome)))
              .map(SingleUnit::orFail)
              .toList();
      loop = loop.after(to, splits);
      if (to < fits.size() && historyIsLong.getAsBoolean()) {
        Workflow.newContinueAsNewStub(TrainPredictorStage.class).run(resumed(input));
      }
    }
    Fitted fitted =
        SingleUnit.run(
            units,
            new FitPredictor(input.ref(), input.specification(), evaluated.rows()),
            activities::fit);
    return CanonicalJson.of(
        SingleUnit.run(
            units,
            new Summarize(specification.predictor().kind(), fitted, loop.splits()),
            activities::summarize));
  }

  private StageInput resumed(StageInput input) {
    return input.resumingFrom(Json.write(loop.paused(units.isPaused())));
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

  /**
   * What the stage carries over when it continues as new.
   *
   * @param from how many fits have ended
   * @param splits what those came to that did not diverge
   */
  record LoopState(int from, List<SplitOutcome> splits, boolean paused) {
    LoopState {
      splits = List.copyOf(splits);
    }

    LoopState after(int ended, List<SplitOutcome> more) {
      return new LoopState(ended, Stream.concat(splits.stream(), more.stream()).toList(), paused);
    }

    LoopState paused(boolean now) {
      return new LoopState(from, splits, now);
    }
  }
}
