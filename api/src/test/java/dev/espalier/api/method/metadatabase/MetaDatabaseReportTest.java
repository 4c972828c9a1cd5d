package dev.espalier.api.method.metadatabase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.method.metadatabase.MetaDatabaseFindings.TaskFindings;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.Database;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.TaskSummary;
import dev.espalier.workflows.method.metadatabase.JoinedFeatures;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MetaDatabaseReportTest {
  private static final String BEST = "skip+sep3|sep5|dil3";

  private static final List<TaskFindings> TASKS =
      List.of(
          new TaskFindings(
              "task-0", "train", List.of("cat", "dog"), 2, List.of(0.5, 0.75), BEST, 0.75),
          new TaskFindings("task-1", "test", List.of("dog", "cow"), 2, List.of(), null, null));

  private static String page(List<TaskFindings> shown, @Nullable MetaDatabaseResult result) {
    ExperimentView view = Reported.completed("metad2a-database", "parallel-ops").view("{}");
    return HtmlReport.render(
        view,
        MetaDatabaseReport.of(
            view,
            new MetaDatabaseFindings(
                "metad2a-database",
                2,
                4,
                2,
                shown,
                List.of(new double[] {1, 0.3}, new double[] {2, 0.4}),
                result)));
  }

  private static MetaDatabaseResult result() {
    TaskSummary best =
        new TaskSummary("task-0", "train", List.of("cat", "dog"), 2, BEST, 0.75, 0.625, 0.5);
    return new MetaDatabaseResult(
        2,
        3,
        1,
        new AssembledDatabases(
            new Database("pets-generator-12345678", "a".repeat(64), 2),
            new Database("pets-predictor-12345678", "b".repeat(64), 3),
            "c".repeat(64),
            0.6,
            0.1,
            List.of(0, 0, 0, 0, 0, 2, 0, 1, 0, 0),
            best),
        new TrainedEncoder("trained", "residual blocks=[1]", "d".repeat(64), 0.4, 0.39),
        new JoinedFeatures("pets-features-12345678", "e".repeat(64), 512, 3, 150));
  }

  @Test
  void showsTheTasksWithTheirClassesAndTheBestOfEach() {
    String page = page(TASKS, result());

    assertThat(page)
        .contains("cat, dog", "<th>task-1</th><td>test</td>", BEST)
        .contains(
            "<td class=\"n\">50.00 %</td>\n<td class=\"n\">62.50 %</td>\n<td class=\"n\">75.00 %</td>")
        .contains("Accuracies by task", "Distribution of accuracies", "The encoder while training")
        .contains("pets-generator-12345678", "pets-predictor-12345678", "pets-features-12345678")
        .contains("an encoder that was trained on the classes of the data (residual blocks=[1])")
        .contains("Where the time went", "60.00 ± 10.00 %", "on 2 tasks, 1 more failed");
  }

  @Test
  void showsWhatThereIsBeforeTheEnd() {
    assertThat(page(TASKS, null))
        .contains("cat, dog", "75.00 %")
        .doesNotContain("What was made")
        .doesNotContain("Distribution of accuracies");
    assertThat(page(List.of(), null)).doesNotContain("<h2>Tasks</h2>");
  }
}
