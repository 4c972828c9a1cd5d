package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.evaluation.Trainings;
import dev.espalier.workflows.method.metadatabase.TaskActivities.PageOfTasks;
import dev.espalier.workflows.method.metadatabase.TaskActivities.TaskArchitecture;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Page by page, as many trainings in flight as a window allows. */
public final class EvaluateTasksStageImpl implements EvaluateTasksStage {
  /** Far more than any machine's slots, far less than a history can hold. */
  private static final int WINDOW = 64;

  /** Trainings of one round, at most: some thousand events of history. */
  private static final int PAGE = 500;

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
            new PageOfTasks(drawn.rows(), input.dataDigest(), loop.from(), PAGE),
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
                round(), Math.ceilDiv(drawn.evaluations(), PAGE), 0, page.size(), "trainings")));
    List<Outcome<TrainedArchitecture>> outcomes =
        units.run(page, WINDOW, trainings::train, (_, _) -> {});
    int failed = loop.failed();
    String reason = loop.reason();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Failed<?>(String type, String words)) {
        if (type.equals(ActivityRules.CORRUPT_ARTIFACT)) {
          SingleUnit.orFail(outcomes.get(i)); // the store's failure, not the architecture's
        }
        failed++;
        reason = "%s: %s (%s)".formatted(page.get(i).architecture(), words, type);
      }
    }
    loop = new LoopState(loop.from() + page.size(), failed, reason, loop.paused());
    orStop();
  }

  /** Pages are the stage's rounds. */
  private int round() {
    return loop.from() / PAGE;
  }

  /**
   * More failures than are tolerated fail the stage. A retry trains only what is missing: all that
   * failed, and nothing else.
   */
  private void orStop() {
    boolean mayFail = specification.failure().onDiverged().equals("continue");
    // In decimal: 0.29 of 100 is 29, though the doubles' product is below.
    BigDecimal tolerated =
        BigDecimal.valueOf(mayFail ? specification.search().tolerated() : 0)
            .multiply(BigDecimal.valueOf(drawn.evaluations()));
    if (BigDecimal.valueOf(loop.failed()).compareTo(tolerated) > 0) {
      throw ApplicationFailure.newNonRetryableFailure(
          ("%d of %d trainings failed, more than search.tolerated (%s) allows. The last one: %s. "
                  + "A retry trains again only what failed")
              .formatted(
                  loop.failed(),
                  drawn.evaluations(),
                  specification.search().tolerated(),
                  loop.reason()),
          ActivityRules.EXHAUSTED);
    }
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
