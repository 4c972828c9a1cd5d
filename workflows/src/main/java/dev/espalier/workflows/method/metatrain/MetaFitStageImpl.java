package dev.espalier.workflows.method.metatrain;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metatrain.MetaModelSettings;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.FitMetaModel;
import dev.espalier.workflows.stage.ActivityRules;
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
import java.util.stream.IntStream;

/** A training for each seed, side by side; the best by its metric, the first of equals, is kept. */
public final class MetaFitStageImpl implements MetaFitStage {
  private static final int WINDOW = 64;

  private final PausableUnits units;
  private final StageNotes notes;
  private final MetaTrainActivities activities;

  @WorkflowInit
  public MetaFitStageImpl(StageInput input) {
    notes = new StageNotes(input);
    units = notes.units();
    activities =
        Workflow.newActivityStub(
            MetaTrainActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> train(input));
  }

  private String train(StageInput input) {
    MetaTrainSpecification specification =
        Json.read(input.specification(), MetaTrainSpecification.class);
    boolean generates = input.plannedStage().equals(MetaTrainPlan.TRAIN_GENERATOR);
    MetaModelSettings model = generates ? specification.generator() : specification.predictor();
    String name = generates ? "generator" : "predictor";
    int seeds = specification.search().seeds();
    notes
        .bookkeeping()
        .stageProgress(
            new StageProgressNote(
                input.key(), new Progress(0, 1, 0, seeds * model.epochs(), "epochs")));
    FoundTasks tasks = Json.read(input.input("prepare-data"), FoundTasks.class);
    List<FitMetaModel> trainings =
        IntStream.range(0, seeds)
            .mapToObj(
                number -> new FitMetaModel(input.ref(), input.specification(), name, number, tasks))
            .toList();
    boolean mayDiverge = specification.failure().onDiverged().equals("continue") && seeds > 1;
    List<Outcome<MetaFitResult.Run>> outcomes =
        units.run(trainings, WINDOW, activities::fit, (training, outcome) -> {});
    List<MetaFitResult.Run> runs =
        outcomes.stream()
            .filter(each -> !(mayDiverge && isDiverged(each)))
            .map(SingleUnit::orFail)
            .toList();
    if (runs.isEmpty()) {
      SingleUnit.orFail(outcomes.getFirst());
    }
    int best = 0;
    for (int i = 1; i < runs.size(); i++) {
      best = runs.get(i).value() > runs.get(best).value() ? i : best;
    }
    return CanonicalJson.of(new MetaFitResult(name, metric(generates, runs), runs, best));
  }

  /** What the epochs were chosen by: without rows for validation it is the loss of the steps. */
  static String metric(boolean generates, List<MetaFitResult.Run> runs) {
    boolean validated =
        runs.stream()
            .flatMap(run -> run.curve().stream())
            .map(MetaFitResult.Point::validation)
            .anyMatch(each -> each != null && each.containsKey(generates ? "loss" : "pearson"));
    if (!validated) {
      return "training loss (negative)";
    }
    return generates ? "validation loss (negative)" : "Pearson correlation";
  }

  private static boolean isDiverged(Outcome<MetaFitResult.Run> outcome) {
    return outcome instanceof Outcome.Failed<MetaFitResult.Run>(String type, String _)
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
