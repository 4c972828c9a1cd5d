package dev.espalier.cli.method.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.Examples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.random.RandomResult;
import dev.espalier.workflows.method.random.RandomResult.Expected;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RandomCardTest {
  private static List<String> card(@Nullable Accuracy accuracy, @Nullable Double test) {
    RandomResult result =
        new RandomResult(
            Examples.CELL,
            1_073_466,
            153_268_746,
            1_000,
            3,
            0.523,
            accuracy,
            0.4,
            0.05,
            List.of(new Expected(1, 0.4, test), new Expected(1_000, 0.51, test)),
            null);
    ObjectNode view = (ObjectNode) Json.tree(Examples.completed());
    view.put("method", "random").set("result", Json.tree(result));
    return MethodCard.of("random")
        .lines(
            Json.read(view.toString(), ExperimentView.class),
            "in ──▶ out",
            new Places(null, null),
            Style.plain());
  }

  @Test
  void showsTheBestBesideTheExpectedBestOfAsManyAndOfFewer() {
    assertThat(card(new Accuracy(0.523, 0.518), 0.39))
        .containsSubsequence(
            "  " + Examples.CELL,
            "  evaluated       1,000                   parameters      1,073,466",
            "  failed          3                       multiply-adds   153,268,746",
            "  accuracy                validation     test",
            "  the best of 1,000          52.30 %  51.80 %",
            "  expected best of 1,000     51.00 %  39.00 %",
            "  expected best of 1         40.00 %  39.00 %");
  }

  @Test
  void leavesOutATestAccuracyThatNobodyKnows() {
    assertThat(card(null, null))
        .contains("  the best of 1,000          52.30 %")
        .noneMatch(line -> line.contains("diverged"))
        .filteredOn(line -> !line.contains(Examples.CELL))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }
}
