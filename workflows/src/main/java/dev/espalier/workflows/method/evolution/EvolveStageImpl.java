package dev.espalier.workflows.method.evolution;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.Extrapolation;
import dev.espalier.search.evolution.Strategy;
import dev.espalier.search.method.evolution.EvolutionRecipe;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolutionActivities.Evolve;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All strategies in parallel; each keeps its own checkpoints. */
public final class EvolveStageImpl implements EvolveStage {
  private static final int WINDOW = 8;

  private final StageNotes notes;
  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final EvolutionActivities activities;

  @WorkflowInit
  public EvolveStageImpl(StageInput input) {
    notes = new StageNotes(input);
    units = notes.units();
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            EvolutionActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> evolve(input));
  }

  private String evolve(StageInput input) {
    EvolutionSpecification specification =
        Json.read(input.specification(), EvolutionSpecification.class);
    TrainPredictorResult predictor =
        Json.read(
            notes.with("train-predictor").input("train-predictor"), TrainPredictorResult.class);
    String chosen = specification.search().strategy();
    List<Evolve> searches =
        Stream.concat(
                Stream.of(chosen),
                Strategy.labels().stream().filter(label -> !label.equals(chosen)))
            .map(strategy ->
                new Evolve(
                    input.ref(),
                    input.specification(),
                    input.dataDigest(),
                    strategy,
                    predictor.model()))
            .toList();
    int budget = searches.size() * specification.search().evaluations();
    bookkeeping.stageProgress(
        new StageProgressNote(input.key(), new Progress(0, 1, 0, budget, "predictions")));
    List<Evolved> evolved =
        units.run(searches, WINDOW, activities::evolve, (search, outcome) -> {}).stream()
            .map(SingleUnit::orFail)
            .toList();
    return CanonicalJson.of(result(evolved, predictor, specification.evaluation()));
  }

  private static EvolveResult result(
      List<Evolved> evolved, TrainPredictorResult predictor, EvolutionRecipe recipe) {
    Evolved winner = evolved.getFirst();
    Extrapolation range =
        new Extrapolation(
            predictor.least(),
            predictor.most(),
            Objects.requireNonNullElse(predictor.error(), Double.NaN));
    return new EvolveResult(
        winner.architecture(),
        winner.predicted(),
        winner.macs(),
        winner.parameters(),
        range.warning(winner.predicted()).map(text -> afterEpochs(recipe) + text).orElse(null),
        evolved,
        winner.front(),
        winner.latency());
  }

  /** What is predicted is what the predictor learned: the accuracy after the first rung. */
  private static String afterEpochs(EvolutionRecipe recipe) {
    return recipe.rungs() == 1
        ? ""
        : "after %d of %d epochs ".formatted(recipe.epochsOfRung(0), recipe.epochs());
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
