package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingPage;
import dev.espalier.workflows.evaluation.TrainingPage.Failures;
import dev.espalier.workflows.evaluation.Trainings;
import dev.espalier.workflows.method.metadatabase.TaskActivities.PageOfTasks;
import dev.espalier.workflows.method.metadatabase.TaskActivities.TaskArchitecture;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Page by page, as many trainings in flight as a window allows. */
public final class EvaluateTasksStageImpl implements EvaluateTasksStage {
  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final TrainingActivities trainings;
  private final TaskActivities tasks;
  private final MetaDatabaseSpecification specification;
  private final DrawnTasks drawn;
  private final BooleanSupplier historyIsLong;
  private LoopState loop;

  @WorkflowInit
  public EvaluateTasksStageImpl(StageInput input) {
    this(input, StageNotes::isHistoryLong);
  }

  /**
   * @param historyIsLong whether to continue as new after the page at hand
   */
  EvaluateTasksStageImpl(StageInput input, BooleanSupplier historyIsLong) {
    this.historyIsLong = historyIsLong;
    StageNotes notes = new StageNotes(input);
    units = notes.units(historyIsLong, () -> resumed(input));
    bookkeeping = notes.bookkeeping();
    trainings =
        Workflow.newActivityStub(
            TrainingActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    tasks =
        Workflow.newActivityStub(
            TaskActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    specification = Json.read(input.specification(), MetaDatabaseSpecification.class);
    drawn = Json.read(input.input("sample"), DrawnTasks.class);
    loop = new LoopState(0, 0, "", false);
    if (input.resumeFrom() != null) {
      loop = Json.read(input.resumeFrom(), LoopState.class);
      if (loop.paused()) {
        units.pause();
      }
    }
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> evaluate(input));
  }

  private String evaluate(StageInput input) {
    while (loop.from() < drawn.evaluations()) {
      page(input);
      if (historyIsLong.getAsBoolean()) {
        Workflow.newContinueAsNewStub(EvaluateTasksStage.class).run(resumed(input));
      }
    }
    return CanonicalJson.of(new EvaluatedTasks(drawn.evaluations() - loop.failed(), loop.failed()));
  }

  private StageInput resumed(StageInput input) {
    return input.resumingFrom(
        Json.write(new LoopState(loop.from(), loop.failed(), loop.reason(), units.isPaused())));
  }

  /** Trains some of the architectures; what fails is counted, and the others go on. */
  private void page(StageInput input) {
    List<TaskArchitecture> pairs =
        SingleUnit.run(
            units,
            new PageOfTasks(drawn.rows(), input.dataDigest(), loop.from(), TrainingPage.SIZE),
            tasks::page);
    List<TrainArchitecture> page = new ArrayList<>();
    for (TaskArchitecture pair : pairs) {
      page.add(
          Trainings.ofTask(
              input,
              specification,
              pair.data(),
              pair.architecture(),
              loop.from() + page.size(),
              round()));
    }
    bookkeeping.recordRound(
        new RoundRecord(
            input.experimentId(),
            input.stage(),
            input.key(),
            round(),
            Trainings.announcement(page),
            "Training architectures %d to %d of %d, on %d tasks"
                .formatted(
                    loop.from() + 1, loop.from() + page.size(), drawn.evaluations(), drawn.tasks()),
            new Progress(
                round(),
                Math.ceilDiv(drawn.evaluations(), TrainingPage.SIZE),
                0,
                page.size(),
                "trainings")));
    Failures failures =
        TrainingPage.train(units, trainings, page, new Failures(loop.failed(), loop.reason()));
    loop =
        new LoopState(
            loop.from() + page.size(), failures.count(), failures.reason(), loop.paused());
    failures.orStop(
        drawn.evaluations(),
        specification.search().tolerated(),
        "search.tolerated",
        specification.failure().onDiverged());
  }

  /** Pages are the stage's rounds. */
  private int round() {
    return loop.from() / TrainingPage.SIZE;
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
   * What the loop carries when it continues as new.
   *
   * @param from how many trainings are done
   * @param reason of the last failure
   */
  record LoopState(int from, int failed, String reason, boolean paused) {}
}
