package dev.espalier.api.method.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleView;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.random.RandomResult;
import dev.espalier.workflows.method.random.RandomResult.Expected;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RandomReportTest {
  private static final String BEST = "skip+sep3|sep5|dil3";
  private static final String OTHER = "sep3|sep5|dil5";

  private static String page(int failed, List<Row> rows, @Nullable RandomResult result) {
    ExperimentView view = Reported.completed("random", "parallel-ops").view("{}");
    SampleView sample =
        new SampleView(
            4,
            rows.size(),
            failed,
            1,
            List.of(3),
            rows,
            rows.isEmpty() ? null : rows.getLast(),
            List.of());
    return HtmlReport.render(view, RandomReport.of(view, new RandomFindings("r", sample, result)));
  }

  private static List<Row> rows() {
    return List.of(row(OTHER, null), row(OTHER, 0.5), row(BEST, 0.62));
  }

  private static Row row(String architecture, @Nullable Double accuracy) {
    return new Row(architecture, "e".repeat(64), 9_000_000, 500_000, 0, null, accuracy, accuracy);
  }

  private static RandomResult result(@Nullable Accuracy accuracy, @Nullable Double test) {
    return new RandomResult(
        BEST,
        523_186,
        13_000_000,
        2,
        1,
        0.62,
        accuracy,
        0.56,
        0.08,
        List.of(new Expected(1, 0.56, test), new Expected(2, 0.59, test)),
        null);
  }

  @Test
  void showsTheBestBesideWhatWasToBeExpected() {
    String page = page(1, rows(), result(new Accuracy(0.62, 0.61), 0.55));

    assertThat(page)
        .contains("<h2>The best</h2>", BEST, "61.00 %", "of the best of 2", "59.00 %")
        .contains("3 random architectures, 1 more failed.")
        .contains("Accuracy against cost", "Expected best by number of draws");
    assertThat(page.split("<polyline class=\"line", -1)).hasSize(3);
  }

  @Test
  void showsNoTestAccuracyThatIsNotKnown() {
    String page = page(0, rows(), result(null, null));

    assertThat(page).contains("3 random architectures.").doesNotContain("test accuracy");
    assertThat(page.split("<polyline class=\"line", -1)).hasSize(2);
  }

  @Test
  void showsWhatThereIsBeforeTheEnd() {
    assertThat(page(0, rows(), null))
        .contains("All that was evaluated")
        .doesNotContain("The best</h2>", "Expected best");
    assertThat(page(0, List.of(), null)).doesNotContain("All that was evaluated");
  }
}
