package dev.espalier.activities.method.random;

import dev.espalier.activities.evaluation.TrainedWeights;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.random.RandomReportActivities;
import dev.espalier.workflows.method.random.RandomResult;
import dev.espalier.workflows.method.random.RandomResult.Expected;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Sums random search up: the best, and what the best of so many is expected to be. */
final class RandomReporting implements RandomReportActivities {
  /** Expectations are told of these numbers of draws, times powers of ten. */
  private static final int[] STEPS = {1, 2, 5};

  private final Equipment equipment;
  private final Reporting reporting;
  private final Lists lists;

  RandomReporting(Equipment equipment) {
    this.equipment = equipment;
    this.reporting = new Reporting(equipment);
    this.lists = new Lists(equipment.store());
  }

  @Override
  public RandomResult report(RandomReportRequest request) {
    RandomSpecification specification =
        Json.read(request.specification(), RandomSpecification.class);
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        RandomResult.class,
        attempt -> result(request),
        RandomResult::accuracy);
  }

  private RandomResult result(RandomReportRequest request) {
    EvaluateSampleResult evaluated =
        Json.read(reporting.whole(request.evaluated()), EvaluateSampleResult.class);
    List<Row> rows =
        lists.rows(evaluated.rows()).stream()
            .filter(row -> row.validationAccuracy() != null)
            .toList();
    Row best = evaluated.best();
    if (best == null) {
      throw new InvalidInput("no architecture could be evaluated, so none is the best");
    }
    double[] validation = rows.stream().mapToDouble(RandomReporting::validation).toArray();
    Double test = best.testAccuracy();
    return new RandomResult(
        best.architecture(),
        best.parameters(),
        best.macs(),
        evaluated.count(),
        evaluated.failed(),
        validation(best),
        test == null ? null : new Accuracy(validation(best), test),
        Statistics.mean(validation),
        validation.length < 2 ? null : Statistics.standardDeviation(validation),
        expected(rows, validation),
        TrainedWeights.of(equipment.store(), best.evaluationId(), request.salt()));
  }

  private static double validation(Row row) {
    return Objects.requireNonNull(row.validationAccuracy());
  }

  private static List<Expected> expected(List<Row> rows, double[] validation) {
    List<Expected> expected = new ArrayList<>();
    for (int draws : draws(rows.size())) {
      double[] likelihood = Statistics.likelihoodToBeBest(draws, validation);
      double ofValidation = 0;
      double ofTest = 0;
      boolean isTested = true;
      for (int i = 0; i < validation.length; i++) {
        Double test = rows.get(i).testAccuracy();
        ofValidation += likelihood[i] * validation[i];
        ofTest += test == null ? 0 : likelihood[i] * test;
        isTested &= test != null;
      }
      expected.add(new Expected(draws, ofValidation, isTested ? ofTest : null));
    }
    return expected;
  }

  /** 1, 2, 5, 10, 20, 50 and so on below {@code most}, and that. */
  private static List<Integer> draws(int most) {
    List<Integer> draws = new ArrayList<>();
    for (long power = 1; power < most; power *= 10) {
      for (int step : STEPS) {
        if (step * power < most) {
          draws.add((int) (step * power));
        }
      }
    }
    draws.add(most);
    return draws;
  }
}
