package dev.espalier.activities.method.evolution;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.statistics.Interval;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.evolution.EvolutionReportActivities.EvolutionReportRequest;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolutionResult.Best;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolutionResult.Search;
import dev.espalier.workflows.method.evolution.EvolutionResult.Trained;
import dev.espalier.workflows.method.evolution.EvolveResult;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Sums up an experiment that evolves architectures on a predictor. */
final class EvolutionSummary {
  private static final double CONFIDENCE = 0.95;

  private EvolutionSummary() {}

  static EvolutionResult of(EvolutionSpecification specification, EvolutionReportRequest request) {
    EvaluateSampleResult sample = Json.read(request.evaluate(), EvaluateSampleResult.class);
    TrainPredictorResult predictor =
        Json.read(request.trainPredictor(), TrainPredictorResult.class);
    EvolveResult evolved = Json.read(request.evolve(), EvolveResult.class);
    EvaluateResult finals = Json.read(request.trainFinal(), EvaluateResult.class);
    List<Trained> winner = trained(finals, EvaluateResult.FOUND);
    List<Trained> random = trained(finals, EvaluateResult.RANDOM);
    return new EvolutionResult(
        evolved.architecture(),
        evolved.parameters(),
        evolved.macs(),
        evolved.predicted(),
        evolved.warning(),
        sample.count(),
        sample.failed(),
        best(sample.best()),
        predictor.kind(),
        predictor.quality(),
        evolved.strategies().stream()
            .map(each ->
                new Search(
                    each.strategy(), each.architecture(), each.predicted(), each.evaluations()))
            .toList(),
        mean(winner),
        winner,
        random,
        mean(random),
        difference(test(winner), test(random)),
        evolved.latency(),
        specification.search().objectives().size() > 1 ? evolved.front() : List.of());
  }

  private static @Nullable Best best(@Nullable Row row) {
    if (row == null) {
      return null;
    }
    Double validation = row.validationAccuracy();
    return validation == null ? null : new Best(row.architecture(), validation, row.testAccuracy());
  }

  private static List<Trained> trained(EvaluateResult finals, String role) {
    return finals.evaluations().stream()
        .filter(each -> each.role().equals(role))
        .map(each ->
            new Trained(
                each.architecture(), Objects.requireNonNullElse(each.seed(), 0L), accuracy(each)))
        .toList();
  }

  private static @Nullable Accuracy accuracy(Evaluated evaluated) {
    Double validation = evaluated.validationAccuracy();
    Double test = evaluated.testAccuracy();
    return validation == null || test == null ? null : new Accuracy(validation, test);
  }

  private static @Nullable Accuracy mean(List<Trained> trained) {
    double[] test = test(trained);
    return test.length == 0
        ? null
        : new Accuracy(
            Statistics.mean(values(trained, Accuracy::validation)), Statistics.mean(test));
  }

  private static double[] test(List<Trained> trained) {
    return values(trained, Accuracy::test);
  }

  private static double[] values(List<Trained> trained, ToDoubleFunction<Accuracy> value) {
    return trained.stream()
        .map(Trained::accuracy)
        .filter(Objects::nonNull)
        .mapToDouble(value)
        .toArray();
  }

  private static @Nullable Difference difference(double[] winner, double[] random) {
    if (winner.length < 2 || random.length < 2) {
      return null;
    }
    Interval interval = Statistics.difference(CONFIDENCE, winner, random);
    return Double.isFinite(interval.low())
        ? new Difference(interval.estimate(), interval.low(), interval.high())
        : null;
  }
}
