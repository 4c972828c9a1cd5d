package dev.espalier.activities.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.report.PruningFindings.Candidate;
import dev.espalier.activities.report.PruningFindings.Found;
import dev.espalier.activities.report.PruningFindings.Round;
import dev.espalier.activities.report.PruningFindings.Tabulated;
import dev.espalier.activities.report.ReportModel.Heading;
import dev.espalier.activities.report.ReportModel.Point;
import dev.espalier.activities.report.ReportModel.Provenance;
import dev.espalier.activities.report.ReportModel.Stage;
import dev.espalier.activities.report.ReportModel.Trained;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final String CELL =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|skip_connect~1|+|none~0|avg_pool_3x3~1|nor_conv_1x1~2|";
  private static final String OTHER =
      "|none~0|+|skip_connect~0|none~1|+|none~0|avg_pool_3x3~1|none~2|";

  static ReportModel complete() {
    Instant start = Instant.parse("2026-03-01T10:00:00Z");
    return new ReportModel(
        new Heading(
            "k3v9x2m4",
            "te-nas",
            "nasbench201",
            "cifar10",
            "quick",
            0,
            "COMPLETED",
            null,
            start,
            start.plusSeconds(1),
            start.plusSeconds(200)),
        "{\"method\":\"te-nas\",\"note\":\"<b>\"}",
        List.of(
            new Stage("prepare-data", "a".repeat(64), "REUSED", start, 0.2, 1, 0, null),
            new Stage("prune", "b".repeat(64), "COMPLETED", start, 95.25, 3, 2, null)),
        new PruningFindings(
            List.of(
                new Round(
                    1,
                    51.5,
                    2210.0,
                    List.of(
                        new Candidate("1←0", "skip_connect", 0.12, 0.01, 0, 2, false, true),
                        new Candidate("1←0", "avg_pool_3x3", null, 0.4, 3, 3, true, false)),
                    "<svg class=\"after-one\"></svg>"),
                new Round(
                    2,
                    44.5,
                    2105.0,
                    List.of(new Candidate("2←0", "avg_pool_3x3", -0.02, 0.0, 1, 1, false, true)),
                    "")),
            new Found(CELL, "<svg class=\"the-cell\"></svg>", 34.21, 812.0, 1073466, 153268746),
            List.of(
                trained(Trained.FOUND, CELL, 0.523, 0.518, 0.40, 0.523),
                trained("random", OTHER, 0.44, 0.43, 0.30, 0.44),
                trained("random", OTHER, 0.48, 0.47, 0.31, 0.48)),
            List.of(new Tabulated("nb201", "cifar10_test_200ep", 0.9376))),
        new Provenance(
            "0.1.0",
            "cpu/torch-2.7.1/avx2/threads-1",
            "c".repeat(64),
            "d".repeat(64),
            Map.of("java", "25.0.3")));
  }

  private static Trained trained(
      String role, String cell, double validation, double test, double first, double last) {
    return new Trained(
        role,
        cell,
        73306,
        10_000_000,
        null,
        validation,
        test,
        List.of(new Point(0, 2.1), new Point(10, 1.7)),
        List.of(new Point(1, first), new Point(2, last)));
  }

  @Test
  void showsTheCellItsFiguresAndTheRandomCellsBesideIt() {
    String page = HtmlReport.render(complete());

    assertThat(page)
        .contains("te-nas on nasbench201, cifar10", "k3v9x2m4", CELL, "the-cell")
        .contains("34.2", "1.07 M", "1,073,466", "153 M")
        .contains("51.80 %", "45.00 ± 2.83 %") // test: 43 and 47, deviation with n-1
        .contains("2 random cells, same training")
        .contains("cifar10_test_200ep", "93.76 %");
  }

  @Test
  void showsEachRoundWithWhatWasRemovedAndWhatWasSingular() {
    String page = HtmlReport.render(complete());

    assertThat(page)
        .contains("<h3>Round 1</h3>", "<h3>Round 2</h3>", "after-one")
        .contains("1←0 skip_connect", "-12.0 %", "singular");
  }

  @Test
  void countsRecoveriesAndNamesTheDigest() {
    assertThat(HtmlReport.render(complete()))
        .contains("2 recoveries", "d".repeat(64), "cpu/torch-2.7.1/avx2/threads-1", "25.0.3");
  }

  @Test
  void escapesWhatPeopleWrote() {
    assertThat(HtmlReport.render(complete())).contains("&lt;b&gt;").doesNotContain("<b>");
  }

  @Test
  void loadsNothingFromAnywhere() {
    assertThat(HtmlReport.render(complete()))
        .doesNotContain("http://", "https://", "<script", "@import", "url(");
  }

  @Test
  void givesEqualPagesForEqualModels() {
    assertThat(HtmlReport.render(complete())).isEqualTo(HtmlReport.render(complete()));
  }

  @Test
  void isWellFormedBelowTheDoctype() throws Exception {
    String page = HtmlReport.render(complete());
    String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);

    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(parsed.getElementsByTagName("circle").getLength()).isEqualTo(23);
  }

  @Test
  void aReportOfAnUnfinishedExperimentShowsWhatThereIs() {
    ReportModel whole = complete();
    Heading heading = whole.heading();
    ReportModel partial =
        new ReportModel(
            new Heading(
                heading.id(),
                heading.method(),
                heading.space(),
                heading.data(),
                heading.preset(),
                heading.seed(),
                "NEEDS_ATTENTION",
                "evaluate diverged at epoch 2",
                heading.created(),
                null,
                null),
            whole.specification(),
            whole.stages(),
            new PruningFindings(List.of(), null, List.of(), List.of()),
            new Provenance("0.1.0", null, null, null, Map.of()));

    assertThat(HtmlReport.render(partial))
        .contains("needs attention", "evaluate diverged at epoch 2")
        .doesNotContain("The cell", "Accuracy", "<th>result digest");
  }
}
