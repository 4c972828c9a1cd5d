package dev.espalier.cli.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.Examples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeuralPredictorCardTest {
  private static List<String> card(
      @Nullable Integer rank, @Nullable Accuracy accuracy, @Nullable Regret regret, int failed) {
    return card(rank, accuracy, regret, failed, List.of());
  }

  private static List<String> card(
      @Nullable Integer rank,
      @Nullable Accuracy accuracy,
      @Nullable Regret regret,
      int failed,
      List<String> indicators) {
    NeuralPredictorResult result =
        new NeuralPredictorResult(
            Examples.CELL,
            1_073_466,
            153_268_746,
            rank,
            rank == null ? null : 0.905,
            222,
            failed,
            0.912,
            accuracy,
            0.9,
            "ensemble",
            0.7123,
            List.of(),
            regret,
            null);
    ObjectNode view = (ObjectNode) Json.tree(Examples.completed());
    view.put("method", "neural-predictor").set("result", Json.tree(result));
    ((ObjectNode) view.get("specification"))
        .set("indicators", Json.tree(Map.of("names", indicators)));
    ObjectNode split = view.get("stages").get(0).deepCopy();
    ((ArrayNode) view.get("stages")).add(split.put("name", "split").put("seconds", 192));
    return MethodCard.of("neural-predictor")
        .lines(
            Json.read(view.toString(), ExperimentView.class),
            "in ──▶ out",
            new Places(null, null),
            Style.plain());
  }

  @Test
  void showsTheChosenBesideWhatWasPredictedAndTheBestOfTheTable() {
    assertThat(card(3, new Accuracy(0.912, 0.94), new Regret(0.92, 0.008, 0.944, 0.004), 0))
        .containsSubsequence(
            "  " + Examples.CELL,
            "  evaluations     222                     parameters      1,073,466",
            "  predictor       ensemble                multiply-adds   153,268,746",
            "  Kendall's tau   0.712, cross-validated  found           ranked no. 3",
            "  accuracy                      validation         test",
            "  the chosen                       91.20 %      94.00 %",
            "  predicted                        90.50 %",
            "  best of those learned from       90.00 %",
            "  below the best of the table  0.80 points  0.40 points");
  }

  @Test
  void saysWhatThePredictorReadsBesideGraphsAndHowLongThatTook() {
    List<String> all =
        List.of(
            "naswot", "jacov", "synflow", "snip", "grad-norm", "l2-norm", "swap", "ntk", "regions");
    assertThat(card(3, null, null, 0, all))
        .containsSubsequence(
            "  indicators      naswot, jacov, synflow, snip, grad-norm, l2-norm, swap, ntk,",
            "                  regions",
            "                  measured in 3 min 12 s")
        .filteredOn(line -> !line.contains(Examples.CELL))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
    assertThat(card(3, null, null, 0)).noneMatch(line -> line.contains("measured in"));
  }

  @Test
  void leavesOutWhatNobodyKnows() {
    assertThat(card(null, null, null, 2))
        .anyMatch(line -> line.contains("222, 2 more failed"))
        .anyMatch(line -> line.contains("a training cell"))
        .noneMatch(line -> line.contains("predicted") || line.contains("below the best"))
        .filteredOn(line -> !line.contains(Examples.CELL))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }
}
