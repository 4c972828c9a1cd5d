package dev.espalier.workflows.report;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.workflows.report.ReportActivities.EvolutionReportRequest;
import dev.espalier.workflows.report.ReportActivities.ReportRequest;
import dev.espalier.workflows.report.ReportActivities.TrainReportRequest;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** One unit of work. */
public final class ReportStageImpl implements ReportStage {
  private final PausableUnits units;
  private final ReportActivities activities;

  @WorkflowInit
  public ReportStageImpl(StageInput input) {
    units = new StageNotes(input).units();
    activities =
        Workflow.newActivityStub(
            ReportActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return switch (Json.read(input.specification(), Specification.class)) {
      case TeNasSpecification _ -> {
        ReportRequest request =
            new ReportRequest(
                input.experimentId(),
                input.stage(),
                input.key(),
                input.specification(),
                input.dataDigest(),
                input.input("prune"),
                input.input("evaluate"),
                input.tableDigest());
        yield CanonicalJson.of(SingleUnit.run(units, request, activities::report));
      }
      case EvolutionSpecification _ -> {
        EvolutionReportRequest request =
            new EvolutionReportRequest(
                input.experimentId(),
                input.stage(),
                input.key(),
                input.specification(),
                input.input("evaluate"),
                input.input("train-predictor"),
                input.input("evolve"),
                input.input("train-final"));
        yield CanonicalJson.of(SingleUnit.run(units, request, activities::reportEvolution));
      }
      case TrainSpecification _ -> {
        TrainReportRequest request =
            new TrainReportRequest(
                input.experimentId(),
                input.stage(),
                input.key(),
                input.specification(),
                input.dataDigest(),
                input.input("train"));
        yield CanonicalJson.of(SingleUnit.run(units, request, activities::reportTraining));
      }
      default -> throw new IllegalArgumentException();
    };
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
