package dev.espalier.api.method.tenas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.method.tenas.TeNasFindings.Candidate;
import dev.espalier.api.method.tenas.TeNasFindings.EdgeView;
import dev.espalier.api.method.tenas.TeNasFindings.Found;
import dev.espalier.api.method.tenas.TeNasFindings.Round;
import dev.espalier.api.method.tenas.TeNasFindings.TableAccuracy;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TrainingView;
import dev.espalier.search.experiment.ExperimentState;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class TeNasReportTest {
  private static final String SPECIFICATION =
      "{\"evaluation\":{\"table\":\"nb201\"},\"note\":\"<b>\"}";
  private static final String CELL =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|skip_connect~1|+|none~0|avg_pool_3x3~1|nor_conv_1x1~2|";
  private static final String OTHER =
      "|none~0|+|skip_connect~0|none~1|+|none~0|avg_pool_3x3~1|none~2|";
  private static final List<EdgeView> EDGES =
      List.of(new EdgeView(1, 0, null), new EdgeView(2, 0, null));

  private static String page() {
    TeNasFindings findings =
        new TeNasFindings(
            "te-nas",
            EDGES,
            List.of(),
            List.of(),
            2,
            List.of(
                new Round(
                    0,
                    List.of(),
                    List.of(),
                    51.5,
                    2210.0,
                    false,
                    List.of(
                        new Candidate(0, 0, "skip_connect", 0.12, 0.01, 0, 2, false, true),
                        new Candidate(1, 0, "avg_pool_3x3", null, 0.4, 3, 3, true, false))),
                new Round(
                    1,
                    List.of(),
                    List.of(),
                    44.5,
                    2105.0,
                    false,
                    List.of(new Candidate(0, 1, "avg_pool_3x3", -0.02, 0.0, 1, 1, false, true)))),
            null,
            new Found(
                CELL,
                List.of(),
                List.of(),
                1_073_466,
                153_268_746,
                34.21,
                812.0,
                List.of(new TableAccuracy("cifar10_test_200ep", 0.9376))),
            List.of(
                trained("found", CELL, 0.523, 0.518, 0.40, 0.523),
                trained("random", OTHER, 0.44, 0.43, 0.30, 0.44),
                trained("random", OTHER, 0.48, 0.47, 0.31, 0.48)));
    return page(
        Reported.completed("te-nas", "nas-bench-201").view(SPECIFICATION),
        findings,
        List.of("<svg class=\"after-one\"></svg>", ""));
  }

  private static String page(
      ExperimentView view, TeNasFindings findings, List<String> supernetDrawings) {
    return HtmlReport.render(view, TeNasReport.of(view, findings, supernetDrawings));
  }

  private static TrainingView trained(
      String role, String cell, double validation, double test, double first, double last) {
    return new TrainingView(
        "e1".repeat(32),
        role,
        cell,
        73_306,
        10_000_000,
        null,
        validation,
        test,
        null,
        List.of(new double[] {0, 2.1}, new double[] {10, 1.7}),
        List.of(new double[] {1, first}, new double[] {2, last}));
  }

  @Test
  void showsTheCellItsFiguresAndTheRandomCellsBesideIt() {
    assertThat(page())
        .contains("te-nas on nas-bench-201, cifar10", "k3v9x2m4", CELL, "<div class=\"drawing\">")
        .contains("34.2", "1.07 M", "1,073,466", "153 M")
        .contains("51.80 %", "45.00 ± 2.83 %") // test: 43 and 47, deviation with n-1
        .contains("2 random cells, same training")
        .contains("<td>nb201</td>", "cifar10_test_200ep", "93.76 %");
  }

  @Test
  void showsEachRoundWithWhatWasRemovedAndWhatWasSingular() {
    assertThat(page())
        .contains("<h3>Round 1</h3>", "<h3>Round 2</h3>", "after-one")
        .contains("1←0 skip_connect", "-12.0 %", "singular");
  }

  @Test
  void countsRecoveriesAndNamesTheDigest() {
    assertThat(page())
        .contains("2 recoveries", "d".repeat(64), "cpu/torch-2.7.1/avx2/threads-1", "25.0.3");
  }

  @Test
  void escapesWhatPeopleWrote() {
    assertThat(page()).contains("&lt;b&gt;").doesNotContain("<b>");
  }

  @Test
  void loadsNothingFromAnywhere() {
    assertThat(page().replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
        .doesNotContain("http://", "https://", "<script", "@import", "url(");
  }

  @Test
  void givesEqualPagesForEqualFindings() {
    assertThat(page()).isEqualTo(page());
  }

  @Test
  void isWellFormedBelowTheDoctype() throws Exception {
    String page = page();
    String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);

    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(parsed.getElementsByTagName("figure").getLength()).isEqualTo(8);
    assertThat(body.split("<circle class=\"dot", -1)).hasSize(1 + 23);
  }

  @Test
  void aReportOfAnUnfinishedExperimentShowsWhatThereIs() {
    ExperimentView view =
        new Reported(
                "te-nas",
                "nas-bench-201",
                ExperimentState.NEEDS_ATTENTION,
                "evaluate diverged at epoch 2")
            .view(SPECIFICATION);
    TeNasFindings nothing =
        new TeNasFindings(
            "te-nas", EDGES, List.of(), List.of(), 0, List.of(), null, null, List.of());

    assertThat(page(view, nothing, List.of()))
        .contains("needs attention", "evaluate diverged at epoch 2")
        .doesNotContain("The cell", "Accuracy", "<th>result digest");
  }
}
