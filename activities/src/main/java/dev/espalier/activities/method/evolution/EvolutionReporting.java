package dev.espalier.activities.method.evolution;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolutionReportActivities;
import dev.espalier.workflows.method.evolution.EvolutionResult;

/** Sums guided evolution up: the winner, and how it compares. */
final class EvolutionReporting implements EvolutionReportActivities {
  private final Reporting reporting;

  EvolutionReporting(Equipment equipment) {
    this.reporting = new Reporting(equipment);
  }

  @Override
  public EvolutionResult report(EvolutionReportRequest request) {
    EvolutionSpecification specification =
        Json.read(request.specification(), EvolutionSpecification.class);
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        EvolutionResult.class,
        attempt -> EvolutionSummary.of(specification, whole(request)),
        EvolutionResult::accuracy);
  }

  private EvolutionReportRequest whole(EvolutionReportRequest request) {
    return new EvolutionReportRequest(
        request.ref(),
        request.specification(),
        reporting.whole(request.evaluate()),
        reporting.whole(request.trainPredictor()),
        reporting.whole(request.evolve()),
        reporting.whole(request.trainFinal()));
  }
}
