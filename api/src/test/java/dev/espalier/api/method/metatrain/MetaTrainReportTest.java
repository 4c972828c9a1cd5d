package dev.espalier.api.method.metatrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.method.metatrain.MetaTrainFindings.MetaCurve;
import dev.espalier.api.method.metatrain.MetaTrainFindings.MetaFitView;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.HeldOut;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.Kept;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetaTrainReportTest {
  private static MetaFitView fit(String model, String metric, double value) {
    MetaFitResult.Point best =
        new MetaFitResult.Point(2, 1.5, 1e-3, Map.of("pearson", value, "kendall", 0.41));
    MetaFitResult.Run run = new MetaFitResult.Run(1, "w".repeat(64), 2, 3, value, List.of(best));
    MetaFitResult.Run other = new MetaFitResult.Run(0, "v".repeat(64), 3, 3, 0.1, List.of());
    return new MetaFitView(
        3,
        List.of(
            new MetaCurve(0, List.of(new double[] {1, 3}, new double[] {2, 2}), List.of()),
            new MetaCurve(1, List.of(new double[] {1, 2}, new double[] {2, 1}), List.of())),
        new MetaFitResult(model, metric, List.of(other, run), 1));
  }

  private static String page() {
    ExperimentView view = Reported.completed("metad2a-train", "nas-bench-201").view("{}");
    Kept kept = new Kept("d".repeat(64), "w".repeat(64), "Pearson correlation", 0.812, 2, 1);
    return HtmlReport.render(
        view,
        MetaTrainReport.of(
            new MetaTrainFindings(
                "metad2a-train",
                new FoundTasks("f", "m", "g", "p", "f", 512, 8, 6, 96, "the images", "an encoder"),
                fit("generator", "validation loss (negative)", -20.5),
                fit("predictor", "Pearson correlation", 0.812),
                new MetaTrainResult(
                    kept,
                    kept,
                    List.of(new HeldOut("task-7", 12, 0.33, 0.02, 0.05, 0.04, "task-1"))))));
  }

  @Test
  void tellsTheKeptEpochItsMetricsAndWhatUnseenTasksSay() {
    assertThat(page())
        .contains("8 tasks, the images", "96 for the predictor")
        .contains("Pearson correlation 0.812 in epoch 2 of 3, training 2 of 2.")
        .contains("<td>kendall</td><td class=\"num\">0.410</td>")
        .contains("<td>task-7</td><td class=\"num\">12</td>", "2.00 %", "5.00 %", "4.00 %");
  }
}
