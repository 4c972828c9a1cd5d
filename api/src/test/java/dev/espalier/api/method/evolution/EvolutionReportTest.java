package dev.espalier.api.method.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.method.evolution.EvolutionFindings.Winner;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleView;
import dev.espalier.api.view.SampleView.Curve;
import dev.espalier.api.view.TrainingView;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class EvolutionReportTest {

  private static final String WINNER = "skip+sep3|sep5|dil3";
  private static final String TIMES =
      "[%s]".formatted(String.join(",", Collections.nCopies(5, "[0.1, 0.5, 0.9, 1.5, 0.3, 0.6]")));
  private static final String OTHER = "sep3|sep5|dil5";

  private static EvolutionFindings findings() {
    List<Row> rows =
        List.of(
            row(OTHER, 9_000_000, 0.50),
            row("sep7|sep5|dil3", 12_000_000, 0.58),
            row("sep7|sep5|dil5", 12_500_000, 0.55));
    FrontPoint cheap = new FrontPoint(OTHER, 0.55, 8_000_000, 400_000L, 1.5);
    FrontPoint best = new FrontPoint(WINNER, 0.64, 13_000_000, 523_186L, 2.25);
    return new EvolutionFindings(
        "gnn-evolution",
        new SampleView(
            4,
            3,
            1,
            1,
            List.of(3),
            rows,
            rows.get(1),
            List.of(
                new Curve(
                    OTHER,
                    List.of(new double[] {0, 2.1}, new double[] {1, 1.7}),
                    List.of(new double[] {0, 0.3}, new double[] {1, 0.5})))),
        new TrainPredictorResult(
            "gnn",
            "a".repeat(64),
            3,
            0.5,
            0.58,
            0.02,
            List.of(
                new Quality("forest", 20, 5, 0.57, 0.51, 0.63, 0.03),
                new Quality("gnn", 10, 5, 0.41, 0.30, 0.52, 0.04),
                new Quality("gnn", 20, 5, 0.634, 0.571, 0.697, 0.02)),
            List.of(new Prediction(OTHER, 0.51, 0.50), new Prediction(WINNER, 0.57, 0.60))),
        List.of(search("genetic", 0.64), search("random", 0.61)),
        List.of(cheap, best),
        new Winner(
            WINNER,
            "genetic",
            0.64,
            13_000_000,
            523_186,
            null,
            "predicted 64.00 %, 6.00 points above all measured <ones>"),
        List.of(
            trained("found", WINNER, 0, 0.62),
            trained("found", WINNER, 1, 0.60),
            trained("random", OTHER, 0, 0.58),
            trained("random", OTHER, 1, null)),
        new Difference(0.03, 0.011, 0.049));
  }

  private static Row row(String architecture, long macs, double accuracy) {
    return new Row(
        architecture, "e".repeat(64), macs, 500_000, 0, accuracy, accuracy, accuracy - 0.01);
  }

  private static Evolved search(String strategy, double best) {
    return new Evolved(
        strategy,
        WINNER,
        best,
        13_000_000,
        523_186,
        2_000,
        2,
        List.of(new HistoryPoint(0, 20, 0.58, 0.50), new HistoryPoint(1, 2_000, best, 0.59)),
        List.of(),
        null);
  }

  private static TrainingView trained(
      String role, String architecture, long seed, @Nullable Double test) {
    return new TrainingView(
        "e1".repeat(32),
        role,
        architecture,
        523_186,
        13_000_000,
        seed,
        test,
        test,
        null,
        List.of(),
        List.of());
  }

  private static String page(EvolutionFindings findings) {
    return page(findings, Map.of());
  }

  private static String page(EvolutionFindings findings, Map<String, String> sets) {
    EvolutionSpecification specification = EvolutionSpecification.preset("quick", sets);
    ExperimentView view =
        Reported.completed("gnn-evolution", "parallel-ops").view(specification.canonical());
    return HtmlReport.render(view, EvolutionReport.of(view, specification, findings));
  }

  private static Document parsed(String page) throws Exception {
    String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void showsTheWinnerBesideRandomNetworksWithTheDifference() {
    assertThat(page(findings()))
        .contains("<div class=\"drawing\">", WINNER, "61.00 ± 1.41 %", "58.00 %", "diverged")
        .contains("+3.00 points", "+1.10 to +4.90", "so it is better");
  }

  @Test
  void saysWhenTheDifferenceTellsNothing() {
    EvolutionFindings whole = findings();

    assertThat(
            page(
                new EvolutionFindings(
                    whole.method(),
                    whole.sample(),
                    whole.predictor(),
                    whole.searches(),
                    whole.front(),
                    whole.winner(),
                    whole.trainings(),
                    new Difference(0.01, -0.02, 0.04))))
        .contains("does not tell them apart")
        .doesNotContain("so it is better");
  }

  @Test
  void warnsOfAnExtrapolationAndEscapesIt() {
    assertThat(page(findings()))
        .contains("Extrapolation: predicted 64.00 %", "&lt;ones&gt;", "an extrapolation")
        .doesNotContain("<ones>");
  }

  @Test
  void showsHowWellEveryPredictorRanksAndWhichOneGuided() {
    assertThat(page(findings()))
        .contains("guided by <code>gnn</code>", "0.571 to 0.697", "0.634", "forest");
  }

  @Test
  void drawsEveryPlotOfTheMethod() throws Exception {
    String page = page(findings());

    assertThat(page)
        .contains(
            "Accuracy against cost",
            "Validation accuracy while training",
            "Training loss",
            "Tau by the number of training architectures",
            "Predicted against measured, held out",
            "Best fitness of every strategy",
            "Best and mean fitness by generation: genetic",
            "Best and mean fitness by generation: random",
            "Predictions that nothing beats in both accuracy and cost");
    assertThat(parsed(page).getElementsByTagName("figure").getLength()).isEqualTo(9);
  }

  @Test
  void saysUnderWhichTermsTheSampleWasTrainedAndWhatIsPredicted() {
    assertThat(
            page(
                findings(),
                Map.of(
                    "evaluation.rungs", "3",
                    "evaluation.epochs", "4",
                    "budget.parameters", "600000")))
        .contains(
            "within the budget were trained, 1 more failed: at most 15,000,000 multiply-adds, 600,000 parameters",
            "24 networks are trained for 1 epoch, the best 12 for 2 epochs, the best 6 for 4 epochs",
            "Fitness is predicted validation accuracy after 1 epoch.");
    assertThat(page(findings())).doesNotContain("halving", "after 3 epochs");
  }

  @Test
  void listsTheTradeOffsOfSeveralObjectivesWithTheirCosts() throws Exception {
    String page =
        page(
            findings(),
            Map.of(
                "search.objectives",
                "[accuracy, latency, parameters]",
                "budget.latencyTable",
                TIMES));

    assertThat(page)
        .contains("in all objectives (accuracy, latency, parameters)", "1.50 ms", "2.25 ms")
        .contains("523 k", "nothing beats in both accuracy and latency, parameters");
    assertThat(parsed(page).getElementsByTagName("figure").getLength()).isEqualTo(9);
    assertThat(page(findings())).doesNotContain("The best trade-offs");
  }

  @Test
  void loadsNothingFromAnywhere() {
    assertThat(page(findings()).replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
        .doesNotContain("http://", "https://", "<script", "url(");
  }

  @Test
  void anUnfinishedExperimentShowsWhatThereIs() throws Exception {
    String page =
        page(
            new EvolutionFindings(
                "gnn-evolution",
                new SampleView(0, 0, 0, 1, List.of(), List.of(), null, List.of()),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null));

    assertThat(page).doesNotContain("The winner", "The predictor", "The search</h2>");
    assertThat(parsed(page).getElementsByTagName("figure").getLength()).isZero();
  }
}
