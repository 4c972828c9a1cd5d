package dev.espalier.api.method.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TrainingView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingReportTest {
  private static final String ARCHITECTURE = "skip+sep3|dil5";

  private static String page(@Nullable TrainingView training) {
    ExperimentView view = Reported.completed("train", "parallel-ops").view("{}");
    TrainingFindings findings =
        new TrainingFindings("train", ARCHITECTURE, 73_306, 10_000_000, 600, training);
    return HtmlReport.render(view, TrainingReport.of(view, findings));
  }

  @Test
  void showsWhatItCameToItsCurvesAndWholeDigests() {
    String page =
        page(
            new TrainingView(
                "e1".repeat(32),
                "found",
                ARCHITECTURE,
                73_306,
                10_000_000,
                0L,
                0.971,
                0.9642,
                null,
                List.of(new double[] {1, 2.1}, new double[] {2, 1.7}),
                List.of(new double[] {1, 0.4}, new double[] {2, 0.971})));

    assertThat(page)
        .contains("train on parallel-ops, cifar10", ARCHITECTURE, "96.42 %", "97.10 %")
        .contains("after 600 epochs", "73,306", "Training loss", "Validation accuracy while")
        .contains("b".repeat(64), "artifact weights.safetensors", "e".repeat(64));
    assertThat(page.split("<polyline class=\"line found", -1)).hasSize(3);
  }

  @Test
  void showsTheArchitectureBeforeAnythingIsTrained() {
    assertThat(page(null)).contains(ARCHITECTURE).doesNotContain("Learning", "test accuracy");
  }
}
