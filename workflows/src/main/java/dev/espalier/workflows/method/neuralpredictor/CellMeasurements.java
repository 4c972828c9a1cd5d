package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.method.neuralpredictor.InputIndicators;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.JoinIndicators;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.ListCells;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.ListedCells;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.MeasureCells;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.MeasuredShard;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The indicators of a split: its shards in parallel, each recorded by itself, then joined. */
final class CellMeasurements {
  private static final int WINDOW = 64;

  private final StageInput input;
  private final StageNotes notes;
  private final PausableUnits units;
  private final CellIndicatorActivities activities;

  CellMeasurements(StageInput input, StageNotes notes, PausableUnits units) {
    this.input = input;
    this.notes = notes;
    this.units = units;
    this.activities =
        Workflow.newActivityStub(
            CellIndicatorActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
  }

  /** The same split with what was measured. */
  SplitResult of(
      SplitResult split, NeuralPredictorSpecification specification, InputIndicators indicators) {
    String table = Objects.requireNonNullElse(input.tableDigest(), "");
    ListedCells listed =
        SingleUnit.run(
            units,
            new ListCells(input.ref(), input.specification(), split, table),
            activities::list);
    notes
        .bookkeeping()
        .stageProgress(
            new StageProgressNote(
                input.key(), new Progress(0, 1, 0, listed.count(), "architectures")));
    String images = specification.needsImages() ? input.dataDigest() : "";
    List<MeasureCells> shards = new ArrayList<>();
    int size = indicators.shardOf(listed.count());
    for (int from = 0; from < listed.count(); from += size) {
      shards.add(
          new MeasureCells(
              input.ref(),
              input.specification(),
              listed.architectures(),
              images,
              shards.size(),
              from,
              Math.min(size, listed.count() - from)));
    }
    List<MeasuredShard> measured =
        units.run(shards, WINDOW, activities::measure, (shard, outcome) -> {}).stream()
            .map(SingleUnit::orFail)
            .toList();
    JoinIndicators join =
        new JoinIndicators(
            input.ref(), input.specification(), split, table, listed.architectures(), measured);
    return split.with(SingleUnit.run(units, join, activities::join));
  }
}
