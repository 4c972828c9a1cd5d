package dev.espalier.cli.method.metatrain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.Examples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.HeldOut;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.Kept;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The card of a meta-training")
final class MetaTrainCardTest {
  private static List<String> card(List<HeldOut> heldOut) {
    MetaTrainResult result =
        new MetaTrainResult(
            new Kept("a".repeat(64), "c".repeat(64), "validation loss (negative)", -21.37, 48, 2),
            new Kept("b".repeat(64), "d".repeat(64), "Pearson correlation", 0.8125, 60, 0),
            heldOut);
    ObjectNode view = (ObjectNode) Json.tree(Examples.completed());
    view.put("method", "metad2a-train").set("result", Json.tree(result));
    return MethodCard.of("metad2a-train")
        .lines(
            Json.read(view.toString(), ExperimentView.class),
            "",
            new Places(null, null),
            Style.plain());
  }

  @Test
  void tellsWhichModelsAreKeptAndWhatUnseenTasksSay() {
    List<String> lines =
        card(
            List.of(
                new HeldOut("task-7", 12, 0.334, 0.0123, 0.05, 0.04, "task-1"),
                new HeldOut("task-9", 1, null, 0, 0, 0, "task-0")));

    assertThat(lines)
        .anySatisfy(line ->
            assertThat(line)
                .containsSubsequence("generator", "(negative)", "-21.4", "48", "2", "aaaaaa"))
        .anySatisfy(line ->
            assertThat(line)
                .containsSubsequence("predictor", "Pearson", "0.813", "60", "0", "bbbbbbbbbbbb"))
        .anySatisfy(line ->
            assertThat(line)
                .containsSubsequence(
                    "task-7", "12", "0.334", "1.23 %", "5.00 %", "4.00 %", "task-1"))
        .anySatisfy(line -> assertThat(line).containsSubsequence("task-9", "1", "–", "0.00 %"))
        .anySatisfy(line -> assertThat(line).contains("espalier run metad2a --data IMAGES"));
    assertThat(lines).allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void leavesUnseenTasksOutWhereNoneWereKept() {
    assertThat(card(List.of())).noneMatch(line -> line.contains("unseen task"));
  }
}
