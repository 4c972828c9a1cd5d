package dev.espalier.workflows.method.metad2a;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.workflows.data.DataActivities;
import dev.espalier.workflows.data.DataActivities.PrepareData;
import dev.espalier.workflows.data.DataActivities.Table;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities.PrepareSearch;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** The images and the table, then the models. */
public final class PrepareSearchStageImpl implements PrepareSearchStage {
  private final PausableUnits units;
  private final DataActivities images;
  private final MetaD2aActivities activities;

  @WorkflowInit
  public PrepareSearchStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    images =
        Workflow.newActivityStub(
            DataActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    activities =
        Workflow.newActivityStub(
            MetaD2aActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> prepare(input));
  }

  private String prepare(StageInput input) {
    MetaD2aSpecification specification =
        Json.read(input.specification(), MetaD2aSpecification.class);
    PreparedData data = specification.needsImages() ? data(input, specification) : null;
    return CanonicalJson.of(
        SingleUnit.run(
            units,
            new PrepareSearch(
                input.ref(), input.specification(), data, input.madeFirst("metad2a-train")),
            activities::prepare));
  }

  private PreparedData data(StageInput input, MetaD2aSpecification specification) {
    Table table =
        specification.table().isEmpty()
            ? null
            : new Table(specification.table(), specification.tableFormat());
    return SingleUnit.run(
        units,
        new PrepareData(
            input.experimentId(), input.key(), specification.data(), input.dataDigest(), table),
        images::prepare);
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
