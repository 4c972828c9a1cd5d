package dev.espalier.activities.method.metadatabase;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.DrawnTasks;
import dev.espalier.workflows.method.metadatabase.EvaluatedTasks;
import dev.espalier.workflows.method.metadatabase.JoinedFeatures;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseReportActivities;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;

/** Sums the making of a meta-database up. */
final class MetaDatabaseReporting implements MetaDatabaseReportActivities {
  private final Reporting reporting;

  MetaDatabaseReporting(Equipment equipment) {
    this.reporting = new Reporting(equipment);
  }

  @Override
  public MetaDatabaseResult report(MetaDatabaseReportRequest request) {
    return reporting.run(
        new Reporting.Stage(
            request.ref(),
            Json.read(request.specification(), MetaDatabaseSpecification.class),
            request),
        MetaDatabaseResult.class,
        attempt -> result(request),
        result -> null);
  }

  private MetaDatabaseResult result(MetaDatabaseReportRequest request) {
    EvaluatedTasks evaluated = read(request.evaluated(), EvaluatedTasks.class);
    return new MetaDatabaseResult(
        read(request.sample(), DrawnTasks.class).tasks(),
        evaluated.evaluations(),
        evaluated.failed(),
        read(request.assembled(), AssembledDatabases.class),
        read(request.encoder(), TrainedEncoder.class),
        read(request.features(), JoinedFeatures.class));
  }

  private <T> T read(String handedOn, Class<T> type) {
    return Json.read(reporting.whole(handedOn), type);
  }
}
