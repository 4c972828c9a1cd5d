package dev.espalier.activities.method.training;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.training.TrainResult;
import dev.espalier.workflows.method.training.TrainingReportActivities;

/** Sums a training up: what its network costs and scores. */
final class TrainingReporting implements TrainingReportActivities {
  private final Equipment equipment;
  private final Reporting reporting;

  TrainingReporting(Equipment equipment) {
    this.equipment = equipment;
    this.reporting = new Reporting(equipment);
  }

  @Override
  public TrainResult report(TrainReportRequest request) {
    TrainSpecification specification = Json.read(request.specification(), TrainSpecification.class);
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        TrainResult.class,
        attempt -> result(request, specification),
        TrainResult::accuracy);
  }

  private TrainResult result(TrainReportRequest request, TrainSpecification specification) {
    Evaluated evaluated =
        Json.read(reporting.whole(request.trained()), EvaluateResult.class)
            .evaluations()
            .getFirst();
    Cost cost = specification.cost(equipment.datasets().load(request.dataDigest()).classes());
    return new TrainResult(
        evaluated.architecture(),
        cost.parameters(),
        cost.macs(),
        specification.evaluation().epochs(),
        Accuracy.of(evaluated),
        evaluated.trainLoss(),
        evaluated.weights());
  }
}
