package dev.espalier.workflows.evaluation;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.specification.Specification;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.experiment.Bookkeeping;
import dev.espalier.workflows.experiment.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.ActivityRules;
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

/** All trainings at once, as many in flight as a window allows. */
public final class EvaluateStageImpl implements EvaluateStage {
  /** Far more than any machine's slots, far less than a history can hold. */
  private static final int WINDOW = 64;

  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final TrainingActivities activities;

  @WorkflowInit
  public EvaluateStageImpl(StageInput input) {
    StageNotes notes = new StageNotes(input);
    units = notes.units();
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            TrainingActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> evaluate(input));
  }

  private String evaluate(StageInput input) {
    Specification specification = Json.read(input.specification(), Specification.class);
    List<TrainArchitecture> trainings = Finalists.of(input, specification);
    bookkeeping.recordRound(
        new RoundRecord(
            input.experimentId(),
            input.stage(),
            input.key(),
            0,
            Trainings.announcement(trainings),
            Finalists.inWords(specification, trainings.size()),
            Finalists.progress(specification, trainings.size())));
    List<Outcome<TrainedArchitecture>> outcomes =
        units.run(trainings, WINDOW, activities::train, (training, outcome) -> {});
    boolean mayDiverge = specification.failure().onDiverged().equals("continue");
    List<Evaluated> evaluated = new ArrayList<>();
    for (int i = 0; i < trainings.size(); i++) {
      evaluated.add(evaluated(trainings.get(i), outcomes.get(i), mayDiverge));
    }
    return CanonicalJson.of(new EvaluateResult(evaluated));
  }

  /** A training that diverged is an answer: this recipe cannot train that architecture. */
  private static Evaluated evaluated(
      TrainArchitecture training, Outcome<TrainedArchitecture> outcome, boolean mayDiverge) {
    if (outcome instanceof Outcome.Failed<TrainedArchitecture>(String type, String reason)
        && type.equals(ActivityRules.DIVERGED)
        && mayDiverge) {
      return new Evaluated(
          training.evaluationId(),
          training.architecture(),
          training.role(),
          training.seed(),
          null,
          null,
          null,
          null);
    }
    TrainedArchitecture trained = SingleUnit.orFail(outcome);
    return new Evaluated(
        training.evaluationId(),
        training.architecture(),
        training.role(),
        training.seed(),
        trained.validationAccuracy(),
        trained.testAccuracy(),
        trained.trainLoss(),
        trained.weights());
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
