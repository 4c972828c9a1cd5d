package dev.espalier.cli.method.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.EvolutionExamples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvolutionCardTest {

  private static final Places NOWHERE = new Places(null, null);
  private static final String DRAWING = ParallelArchitecture.parse(EvolutionExamples.WINNER).text();

  private static List<String> card(Style style, EvolutionResult result) {
    return card(style, result, Map.of());
  }

  private static List<String> card(Style style, EvolutionResult result, Map<String, String> sets) {
    return new EvolutionCard()
        .lines(EvolutionExamples.completed(sets), result, DRAWING, NOWHERE, style);
  }

  @Test
  void showsTheNetworkWhatItIsWorthHowItWasFoundAndTheStages() {
    assertThat(String.join("\n", card(Style.plain(), EvolutionExamples.result())) + "\n")
        .isEqualTo(
            """
            ━━━ parallel-ops · fashion-mnist · quick · seed 0 ━━━━━ gnn-evolution-h8n3wd ━━━

                        1            2            3            4            5
               in ┬─ skip ─┬─⊕─┬─ sep5 ─┬─⊕─┬─ sep3 ─┬─⊕─┬─ skip ─┬─⊕─── sep3 ───⊕─ out
                  ╰─ sep3 ─╯   ╰─ sep7 ─╯   ├─ sep5 ─┤   ├─ sep5 ─┤
                                            ├─ sep7 ─┤   ╰─ dil3 ─╯
                                            ╰─ dil5 ─╯

              skip+sep3|sep5+sep7|sep3+sep5+sep7+dil5|skip+sep5+dil3|sep3

              predicted       64.10 %                 parameters      523,186
              Kendall's tau   0.634 (0.571 to 0.697)  multiply-adds   12,345,678
              learned from    23 networks, 1 failed   predictor       ensemble

              limits: at most 15,000,000 multiply-adds

              extrapolation: predicted 64.10 %, 3.20 points above all measured
              architectures (41.20 to 60.90 %): the predictor extrapolates, so train the
              architecture before believing it

              accuracy                                       validation            test
              winner, 2 seeds                            62.00 ± 1.41 %  61.00 ± 1.41 %
              random of equal cost, 2 networks, 2 seeds  60.50 ± 0.50 %  59.53 ± 0.50 %
                1 training diverged
              difference, 95 %: +0.31 to +2.53                             +1.42 points
              best of the sample                                60.90 %         59.80 %

              search at the same budget        scored  best predicted
              genetic, which found the winner   2,000         64.10 %
              regularized                       2,000         63.30 %
              random                            2,000         61.20 %

              stage                   time  units  recoveries
              prepare-data           0.2 s      1           0  reused
              sample                 0.3 s      1           0
              evaluate          6 min 42 s     26           2
              train-predictor   1 min 01 s     21           0
              evolve                38.2 s      4           0
              train-final       2 min 01 s      6           0
              report                 0.1 s      1           0
              in all           10 min 29 s     60           2

              digest  d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2
            """);
  }

  @Test
  void fitsEightyColumnsButForTheArchitectureThatIsToBeCopied() {
    assertThat(card(Style.plain(), EvolutionExamples.result()))
        .filteredOn(line -> !line.contains(EvolutionExamples.WINNER))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void saysWhatIsPredictedUnderSuccessiveHalving() {
    List<String> card =
        card(
            Style.plain(),
            EvolutionExamples.result(),
            Map.of("evaluation.rungs", "3", "evaluation.epochs", "4"));

    assertThat(card)
        .anyMatch(line -> line.contains("predicted       64.10 % after 1 epoch"))
        .anyMatch(line -> line.contains("24 networks are trained for 1 epoch, the best 12 for"));
    assertThat(card(Style.plain(), EvolutionExamples.result()))
        .noneMatch(line -> line.contains("epoch"));
  }

  @Test
  void showsTheLatencyAndSomeOfTheTradeOffsOfSeveralObjectives() {
    List<FrontPoint> front = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      front.add(
          new FrontPoint(
              EvolutionExamples.OTHER, 0.5 + 0.01 * i, 900_000 + i, 400_000L + i, 1.0 + i));
    }
    List<String> card =
        card(
            Style.plain(),
            EvolutionExamples.withFront(2.25, front),
            Map.of(
                "search.objectives", "[accuracy, latency, macs]",
                "budget.latency", "30",
                "budget.latencyTable", EvolutionExamples.TIMES));

    assertThat(card)
        .anyMatch(line -> line.contains("latency         2.25 ms"))
        .anyMatch(line -> line.contains("15,000,000 multiply-adds, 30.0 ms of latency"))
        .anyMatch(line -> line.contains("best trade-offs  latency   macs"))
        .anyMatch(line -> line.contains("69.00 %  20.0 ms  900 k  " + EvolutionExamples.OTHER))
        .anyMatch(line -> line.contains("20 in all: espalier show gnn-evolution-h8n3wd --json"));
    assertThat(card).filteredOn(line -> line.endsWith("  " + EvolutionExamples.OTHER)).hasSize(6);
    assertThat(card)
        .filteredOn(line -> !line.contains("|"))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void keepsItsTwoColumnsApartHoweverWideTheFirst() {
    EvolutionResult wide =
        EvolutionExamples.withQuality(new Quality("ensemble", 18, 2, -0.408, -1.0, 0.999, 0.021));

    assertThat(card(Style.plain(), wide))
        .anyMatch(line -> line.contains("-0.408 (-1.000 to 0.999)  multiply-adds   12,345,678"));
  }

  @Test
  void colourChangesNoColumn() {
    assertThat(card(Style.ansi(), EvolutionExamples.result()).stream().map(Columns::width).toList())
        .isEqualTo(
            card(Style.plain(), EvolutionExamples.result()).stream().map(Columns::width).toList());
  }

  @Test
  void leavesOutTheWarningAndTheDifferenceWhereThereAreNone() {
    assertThat(card(Style.plain(), EvolutionExamples.result(null, null)))
        .noneMatch(line -> line.contains("extrapolat") || line.contains("difference"));
  }

  @Test
  void tellsALossAsPlainlyAsAGain() {
    EvolutionResult worse = EvolutionExamples.result(null, new Difference(-0.021, -0.034, -0.008));

    assertThat(card(Style.plain(), worse))
        .anyMatch(line -> line.contains("-3.40 to -0.80") && line.endsWith("-2.10 points"));
  }
}
