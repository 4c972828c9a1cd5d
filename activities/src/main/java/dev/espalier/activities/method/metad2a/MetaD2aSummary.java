package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.evaluation.TrainedWeights;
import dev.espalier.activities.report.Reporting;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.latency.LatencyTable.Latency;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities.ReportMetaD2a;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Evaluated;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Judged;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metad2a.RankingResult.Group;
import dev.espalier.workflows.method.metad2a.RankingResult.Member;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each way of searching came to, with the ranking's first and its best told apart. */
final class MetaD2aSummary {
  private final Store store;
  private final Reporting reporting;
  private final Lists lists;

  MetaD2aSummary(Store store, Reporting reporting) {
    this.store = store;
    this.reporting = reporting;
    this.lists = new Lists(store);
  }

  MetaD2aResult of(ReportMetaD2a request) {
    RankingResult ranking = Json.read(reporting.whole(request.ranking()), RankingResult.class);
    EvaluateSampleResult evaluated =
        Json.read(reporting.whole(request.evaluated()), EvaluateSampleResult.class);
    Map<String, Row> rows =
        lists.rows(evaluated.rows()).stream()
            .collect(Collectors.toMap(Row::architecture, Function.identity()));
    Row found =
        ranking.groups().getFirst().members().stream()
            .map(member -> row(rows, member))
            .filter(row -> row.validationAccuracy() != null)
            .findFirst()
            .orElseThrow(() ->
                new InvalidInput("none of the best ranked could be evaluated: raise search.top"));
    Double test = found.testAccuracy();
    return new MetaD2aResult(
        found.architecture(),
        found.parameters(),
        found.macs(),
        test == null ? null : new Accuracy(validation(found), test),
        ranking.groups().stream().map(group -> evaluated(group, rows)).toList(),
        tau(ranking, rows),
        TrainedWeights.of(store, found.evaluationId(), request.salt()),
        latency(Json.read(request.specification(), MetaD2aSpecification.class), found),
        request.seen());
  }

  private @Nullable Latency latency(MetaD2aSpecification specification, Row found) {
    return MeasuredLatencyTable.of(specification, store)
        .flatMap(table ->
            specification.latencyOf(specification.searchSpace().parse(found.architecture()), table))
        .orElse(null);
  }

  private static Row row(Map<String, Row> rows, Member member) {
    return Objects.requireNonNull(rows.get(member.architecture()));
  }

  private static double validation(Row row) {
    return Objects.requireNonNull(row.validationAccuracy());
  }

  private static Evaluated evaluated(Group group, Map<String, Row> rows) {
    List<Row> all = group.members().stream().map(member -> row(rows, member)).toList();
    List<Row> done = all.stream().filter(row -> row.validationAccuracy() != null).toList();
    boolean tested = !done.isEmpty() && done.stream().allMatch(row -> row.testAccuracy() != null);
    double[] tests =
        tested ? done.stream().mapToDouble(MetaD2aSummary::test).toArray() : new double[0];
    return new Evaluated(
        group.name(),
        done.size(),
        all.size() - done.size(),
        all.isEmpty() || all.getFirst().validationAccuracy() == null
            ? null
            : judged(all.getFirst()),
        done.stream()
            .max(Comparator.comparingDouble(MetaD2aSummary::validation))
            .map(MetaD2aSummary::judged)
            .orElse(null),
        tested ? best(tests) : null,
        done.isEmpty()
            ? null
            : Statistics.mean(done.stream().mapToDouble(MetaD2aSummary::validation).toArray()),
        tested ? Statistics.mean(tests) : null);
  }

  private static double best(double[] values) {
    double best = values[0];
    for (double each : values) {
      best = Math.max(best, each);
    }
    return best;
  }

  private static double test(Row row) {
    return Objects.requireNonNull(row.testAccuracy());
  }

  private static Judged judged(Row row) {
    return new Judged(row.architecture(), validation(row), row.testAccuracy());
  }

  /** Of all that was evaluated; null where nothing can be ranked. */
  private static @Nullable Double tau(RankingResult ranking, Map<String, Row> rows) {
    Map<String, Double> scores =
        ranking.groups().stream()
            .flatMap(group -> group.members().stream())
            .collect(
                Collectors.toMap(
                    Member::architecture,
                    each -> Objects.requireNonNull(each.score()),
                    (a, b) -> a));
    List<Double> said = new ArrayList<>();
    List<Double> came = new ArrayList<>();
    rows.forEach((architecture, row) -> {
      Double score = scores.get(architecture);
      if (score != null && row.validationAccuracy() != null) {
        said.add(score);
        came.add(row.validationAccuracy());
      }
    });
    if (said.size() < 2) {
      return null;
    }
    double tau =
        Statistics.kendallTau(
            said.stream().mapToDouble(Double::doubleValue).toArray(),
            came.stream().mapToDouble(Double::doubleValue).toArray());
    return Double.isNaN(tau) ? null : tau;
  }
}
