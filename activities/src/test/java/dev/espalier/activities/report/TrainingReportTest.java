package dev.espalier.activities.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.report.ReportModel.Heading;
import dev.espalier.activities.report.ReportModel.Point;
import dev.espalier.activities.report.ReportModel.Provenance;
import dev.espalier.activities.report.ReportModel.Stage;
import dev.espalier.activities.report.ReportModel.Trained;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingReportTest {
  private static final String ARCHITECTURE = "skip+sep3|dil5";

  private static String page(@Nullable Trained trained) {
    Instant start = Instant.parse("2026-03-01T10:00:00Z");
    return HtmlReport.render(
        new ReportModel(
            new Heading(
                "train-k3v9x2",
                "train",
                "parallel-ops",
                "cifar10",
                "darts-cifar",
                0,
                "COMPLETED",
                null,
                start,
                start,
                start),
            "{}",
            List.of(new Stage("train", "b".repeat(64), "COMPLETED", start, 95.25, 3, 2, null)),
            new TrainingFindings(ARCHITECTURE, "<svg></svg>", 73_306, 10_000_000, 600, trained),
            new Provenance(
                "0.1.0",
                null,
                null,
                null,
                Map.of("artifact weights.safetensors", "e".repeat(64)))));
  }

  @Test
  void showsWhatItCameToItsCurvesAndWholeDigests() {
    String page =
        page(
            new Trained(
                Trained.FOUND,
                ARCHITECTURE,
                73_306,
                10_000_000,
                0L,
                0.971,
                0.9642,
                List.of(new Point(1, 2.1), new Point(2, 1.7)),
                List.of(new Point(1, 0.4), new Point(2, 0.971))));

    assertThat(page)
        .contains("train on parallel-ops, cifar10", ARCHITECTURE, "96.42 %", "97.10 %")
        .contains("after 600 epochs", "73,306", "Training loss", "Validation accuracy while")
        .contains("b".repeat(64), "artifact weights.safetensors", "e".repeat(64));
    assertThat(page.split("<polyline", -1)).hasSize(3);
  }

  @Test
  void showsTheArchitectureBeforeAnythingIsTrained() {
    assertThat(page(null)).contains(ARCHITECTURE).doesNotContain("Learning", "test accuracy");
  }
}
