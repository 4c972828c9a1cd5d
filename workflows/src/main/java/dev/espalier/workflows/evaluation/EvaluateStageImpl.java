package dev.espalier.workflows.evaluation;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * As many trainings in flight as a window allows, page by page where there are more than a page of
 * them.
 */
public final class EvaluateStageImpl implements EvaluateStage {
  /** Far more than any machine's slots, far less than a history can hold. */
  private static final int WINDOW = 64;

  /** Trainings of one page: some thousand events of history. */
  private static final int PAGE = 500;

  /** The unit of progress of a stage that trains one network. */
  private static final String EPOCHS = "epochs";

  /** Stages that began before there were pages go on without. */
  private static final String PAGES = "pages";

  private final StageNotes notes;
  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final TrainingActivities activities;
  private final int page;
  private final BooleanSupplier historyIsLong;
  private final List<Answer> answers = new ArrayList<>();

  @WorkflowInit
  public EvaluateStageImpl(StageInput input) {
    this(input, PAGE, StageNotes::isHistoryLong);
  }

  /**
   * @param page trainings after which the stage may continue as new
   * @param historyIsLong whether to
   */
  EvaluateStageImpl(StageInput input, int page, BooleanSupplier historyIsLong) {
    this.page = page;
    this.historyIsLong = historyIsLong;
    notes = new StageNotes(input);
    units = notes.units(historyIsLong, () -> resumed(input));
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            TrainingActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    if (input.resumeFrom() != null) {
      LoopState loop = Json.read(input.resumeFrom(), LoopState.class);
      answers.addAll(loop.answers());
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
    TrainsNetworks specification = specification(input);
    MethodPlan plan = Plans.of(input);
    boolean countsEpochs = countsEpochs(plan, input);
    List<TrainArchitecture> trainings =
        plan.finalists(notes.with(plan.finalistsFrom())).stream()
            .map(finalist -> Trainings.ofFinalist(input, specification, finalist, countsEpochs))
            .toList();
    if (input.resumeFrom() == null) {
      announce(input, plan, trainings);
    }
    boolean mayDiverge = specification.failure().onDiverged().equals("continue");
    int most =
        trainings.size() > page && Workflow.getVersion(PAGES, Workflow.DEFAULT_VERSION, 1) == 1
            ? page
            : trainings.size();
    while (answers.size() < trainings.size()) {
      int to = Math.min(trainings.size(), answers.size() + most);
      List<Answer> answered = new ArrayList<>();
      for (Outcome<TrainedArchitecture> outcome :
          units.run(
              trainings.subList(answers.size(), to),
              WINDOW,
              activities::train,
              (training, outcome) -> {})) {
        answered.add(Answer.of(outcome, mayDiverge));
      }
      answers.addAll(answered);
      if (answers.size() < trainings.size() && historyIsLong.getAsBoolean()) {
        Workflow.newContinueAsNewStub(EvaluateStage.class).run(resumed(input));
      }
    }
    List<Evaluated> evaluated = new ArrayList<>();
    for (int i = 0; i < trainings.size(); i++) {
      evaluated.add(answers.get(i).to(trainings.get(i)));
    }
    return CanonicalJson.of(new EvaluateResult(evaluated));
  }

  private static TrainsNetworks specification(StageInput input) {
    if (Json.read(input.specification(), Specification.class)
        instanceof TrainsNetworks specification) {
      return specification;
    }
    throw new InvalidInput(
        "the stage %s trains networks, which its method does not".formatted(input.stage()));
  }

  private static boolean countsEpochs(MethodPlan plan, StageInput input) {
    return plan.progress(input, 1).unit().equals(EPOCHS);
  }

  private void announce(StageInput input, MethodPlan plan, List<TrainArchitecture> trainings) {
    bookkeeping.recordRound(
        new RoundRecord(
            input.experimentId(),
            input.stage(),
            input.key(),
            0,
            Trainings.announcement(trainings),
            plan.inWords(input, trainings.size()),
            plan.progress(input, trainings.size())));
  }

  private StageInput resumed(StageInput input) {
    return input.resumingFrom(Json.write(new LoopState(answers, units.isPaused())));
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
   * @param answers of the first trainings, in order
   */
  record LoopState(List<Answer> answers, boolean paused) {
    LoopState {
      answers = List.copyOf(answers);
    }
  }

  /** What a training came to; all null where it diverged. */
  record Answer(
      @Nullable Double validationAccuracy,
      @Nullable Double testAccuracy,
      @Nullable Double trainLoss,
      @Nullable String weights) {
    /** A training that diverged is an answer: this recipe cannot train that architecture. */
    static Answer of(Outcome<TrainedArchitecture> outcome, boolean mayDiverge) {
      if (outcome instanceof Outcome.Failed<TrainedArchitecture>(String type, String _)
          && type.equals(ActivityRules.DIVERGED)
          && mayDiverge) {
        return new Answer(null, null, null, null);
      }
      TrainedArchitecture trained = SingleUnit.orFail(outcome);
      return new Answer(
          trained.validationAccuracy(),
          trained.testAccuracy(),
          trained.trainLoss(),
          trained.weights());
    }

    Evaluated to(TrainArchitecture training) {
      return new Evaluated(
          training.evaluationId(),
          training.architecture(),
          training.role(),
          training.seed(),
          validationAccuracy,
          testAccuracy,
          trainLoss,
          weights);
    }
  }
}
