package dev.espalier.activities.method.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.random.RandomReportActivities;
import dev.espalier.workflows.method.random.RandomReportActivities.RandomReportRequest;
import dev.espalier.workflows.method.random.RandomResult;
import dev.espalier.workflows.method.random.RandomResult.Expected;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.stage.StageRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The result of random search")
class RandomReportingTest {
  @TempDir private Path folder;

  private static Row row(String name, @Nullable Double validation, @Nullable Double test) {
    return new Row(name, "evaluation-" + name, 7, 3, 0, validation, validation, test);
  }

  private RandomResult report(List<Row> rows, @Nullable Row best) throws Exception {
    try (Workbench workbench = new Workbench(folder)) {
      byte[] json = CanonicalJson.of(rows).getBytes(StandardCharsets.UTF_8);
      String sha = workbench.store().artifacts().put(json, "evaluations", Map.of());
      int failed = (int) rows.stream().filter(row -> row.validationAccuracy() == null).count();
      EvaluateSampleResult evaluated =
          new EvaluateSampleResult(rows.size() - failed, failed, sha, best);
      return workbench
          .activities(RandomReportActivities.class, new RandomReporting(workbench.equipment()))
          .report(
              new RandomReportRequest(
                  new StageRef(Workbench.EXPERIMENT, "report", Workbench.STAGE_KEY),
                  RandomSpecification.preset("quick", Map.of()).canonical(),
                  CanonicalJson.of(evaluated),
                  null));
    }
  }

  @Test
  void isTheBestBesideWhatTheBestOfSoManyIsExpectedToBe() throws Exception {
    Row best = row("c", 0.6, 0.5);
    RandomResult result =
        report(
            List.of(row("a", 0.2, 0.3), best, row("lost", null, null), row("b", 0.4, 0.7)), best);
    assertThat(result.architecture()).isEqualTo("c");
    assertThat(result.accuracy()).isEqualTo(new Accuracy(0.6, 0.5));
    assertThat(result.evaluated()).isEqualTo(3);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.mean()).isCloseTo(0.4, within(1e-12));
    assertThat(result.deviation()).isCloseTo(0.2, within(1e-12));
    assertThat(result.expected()).extracting(Expected::architectures).containsExactly(1, 2, 3);
    // Of two draws with putting back the best is c five times in nine, b three, a one.
    assertThat(result.expected().get(1).validation())
        .isCloseTo((5 * 0.6 + 3 * 0.4 + 0.2) / 9, within(1e-12));
    // The test accuracy is that of the best by validation, though b has a higher one.
    assertThat(result.expected().get(1).test())
        .isCloseTo((5 * 0.5 + 3 * 0.7 + 0.3) / 9, within(1e-12));
  }

  @Test
  void hasNoTestAccuracyWhereATableHasNone() throws Exception {
    Row only = row("a", 0.5, null);
    RandomResult result = report(List.of(only), only);
    assertThat(result.accuracy()).isNull();
    assertThat(result.deviation()).isNull();
    assertThat(result.expected()).containsExactly(new Expected(1, 0.5, null));
  }
}
