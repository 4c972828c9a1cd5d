package dev.espalier.api.method.metad2a;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleView;
import dev.espalier.search.latency.LatencyTable.Latency;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Evaluated;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Judged;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metad2a.RankingResult.Group;
import dev.espalier.workflows.method.metad2a.RankingResult.Member;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetaD2aReportTest {
  private static final String FIRST =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|none~0|nor_conv_1x1~1|skip_connect~2|";
  private static final String OTHER =
      "|nor_conv_1x1~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|none~0|nor_conv_1x1~1|skip_connect~2|";

  private static final EncodedData ENCODED =
      new EncodedData(
          "f".repeat(64),
          100,
          512,
          "an encoder",
          List.of(
              new EncodedData.Place("task-0", 1, 2),
              new EncodedData.Place("task-1", -1, 0),
              new EncodedData.Place("", 0, 0.5)),
          List.of(new EncodedData.Near("task-1", 1, 0.7)));

  private static final RankingResult RANKING =
      new RankingResult(
          2,
          "a".repeat(64),
          "b".repeat(64),
          List.of(0.7, 0.4),
          List.of(
              new Group(Group.TOP, List.of(new Member(FIRST, 0.7))),
              new Group(Group.RANDOM, List.of(new Member(OTHER, 0.4)))),
          true);

  private static Row row(String architecture, double accuracy) {
    return new Row(architecture, "e".repeat(64), 9_000_000, 500_000, 0, null, accuracy, accuracy);
  }

  private static String page(boolean finished) {
    ExperimentView view = Reported.completed("metad2a", "nas-bench-201").view("{}");
    List<Row> rows = List.of(row(FIRST, 0.62), row(OTHER, 0.5));
    SampleView sample = new SampleView(2, 2, 0, 1, List.of(3), rows, rows.getFirst(), List.of());
    MetaD2aResult result =
        new MetaD2aResult(
            FIRST,
            500_000,
            9_000_000,
            new Accuracy(0.62, 0.61),
            List.of(
                new Evaluated(
                    Group.TOP,
                    1,
                    0,
                    new Judged(FIRST, 0.62, 0.61),
                    new Judged(FIRST, 0.62, 0.61),
                    0.61,
                    0.62,
                    0.61),
                new Evaluated(Group.TRANSFER, 0, 0, null, null, null, null, null)),
            1.0,
            null,
            new Latency(12.34, false),
            true);
    return HtmlReport.render(
        view,
        MetaD2aReport.of(
            view,
            new MetaD2aFindings(
                "metad2a",
                null,
                ENCODED,
                new GeneratedArchitectures("a".repeat(64), 50, 200, 150, 120, 60, 55, 90),
                RANKING,
                sample,
                finished ? result : null)));
  }

  @Test
  void tellsWhatEachWayOfSearchingCameTo() {
    assertThat(page(true))
        .contains("<h2>The proposed</h2>", FIRST, "61.00 %", "of the best ranked")
        .contains("12.3 ms", "estimated by the measured ones")
        .contains(MetaD2aResult.SEEN)
        .contains("generated, ranked", "best of the nearest known task");
  }

  @Test
  void countsWhatWasGeneratedAndDrawsTheLatentSpace() {
    assertThat(page(false))
        .contains("validity", "75.00 %", "of 200 graphs")
        .contains("<td>different</td><td class=\"num\">120</td>", "80.00 %")
        .contains("<td>trainable</td><td class=\"num\">60</td>", "50.00 %")
        .contains("Latent space", "this data set", "task-1", "Predicted and true")
        .doesNotContain("The proposed", "Side by side");
  }
}
