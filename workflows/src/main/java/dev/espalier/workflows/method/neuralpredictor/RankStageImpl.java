package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.MergeRanks;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.RankShard;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.RankedShard;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.Ranking;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The shards in parallel, each recorded by itself, then the merge. */
public final class RankStageImpl implements RankStage {
  private final PausableUnits units;
  private static final int WINDOW = 64;

  private final StageNotes notes;
  private final RankActivities activities;

  @WorkflowInit
  public RankStageImpl(StageInput input) {
    notes = new StageNotes(input);
    units = notes.units();
    activities =
        Workflow.newActivityStub(
            RankActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> rank(input));
  }

  private String rank(StageInput input) {
    NeuralPredictorSpecification specification =
        Json.read(input.specification(), NeuralPredictorSpecification.class);
    SplitResult split = Json.read(input.input("split"), SplitResult.class);
    Ranking ranking = ranking(input, split);
    List<RankShard> shards = new ArrayList<>();
    int size = specification.search().shardOf(split.candidates());
    for (int from = 0; from < split.candidates(); from += size) {
      int count = Math.min(size, split.candidates() - from);
      shards.add(
          new RankShard(input.ref(), input.specification(), ranking, shards.size(), from, count));
    }
    notes
        .bookkeeping()
        .stageProgress(
            new StageProgressNote(
                input.key(), new Progress(0, 1, 0, split.candidates(), "candidates")));
    List<RankedShard> ranked =
        units.run(shards, WINDOW, activities::shard, (shard, outcome) -> {}).stream()
            .map(SingleUnit::orFail)
            .toList();
    MergeRanks merge =
        new MergeRanks(input.ref(), input.specification(), ranking, split.architectures(), ranked);
    return CanonicalJson.of(SingleUnit.run(units, merge, activities::merge));
  }

  private Ranking ranking(StageInput input, SplitResult split) {
    ClassifierResult classifier =
        Json.read(input.input("train-classifier"), ClassifierResult.class);
    CellPredictorResult predictor =
        Json.read(
            notes.with("train-predictor").input("train-predictor"), CellPredictorResult.class);
    CellPredictorResult.Fit other = predictor.other();
    return new Ranking(
        Objects.requireNonNullElse(input.tableDigest(), ""),
        split.candidates(),
        split.rows(),
        predictor.fitted().model(),
        other == null ? null : other.model(),
        classifier.model(),
        classifier.threshold(),
        split.columns());
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
