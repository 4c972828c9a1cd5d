package dev.espalier.cli.method.metad2a;

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
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Evaluated;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Judged;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The card of a search by MetaD2A")
final class MetaD2aCardTest {
  private static List<String> card(@Nullable Accuracy accuracy, Evaluated... groups) {
    return card(false, accuracy, groups);
  }

  private static List<String> card(boolean seen, @Nullable Accuracy accuracy, Evaluated... groups) {
    MetaD2aResult result =
        new MetaD2aResult(
            Examples.CELL, 79_778, 2_726_218, accuracy, List.of(groups), 0.25, null, null, seen);
    ObjectNode view = (ObjectNode) Json.tree(Examples.completed());
    view.put("method", "metad2a").set("result", Json.tree(result));
    madeFirst((ArrayNode) view.get("stages"));
    return MethodCard.of("metad2a")
        .lines(
            Json.read(view.toString(), ExperimentView.class),
            "a drawing",
            new Places(null, null),
            Style.plain());
  }

  /** Puts the first stage in twice more, as one of a meta-training that was made first. */
  private static void madeFirst(ArrayNode stages) {
    for (String name : List.of("metad2a-train:report", "metad2a-train:train-generator")) {
      ObjectNode stage = stages.get(0).deepCopy();
      stage.put("name", name).put("state", "COMPLETED").put("seconds", 30).put("attempts", 2);
      stages.insert(0, stage);
    }
  }

  @Test
  void tellsTheProposedOneFirstAndEachWayOfSearching() {
    Judged first = new Judged(Examples.CELL, 0.64, 0.661);
    List<String> lines =
        card(
            new Accuracy(0.64, 0.661),
            new Evaluated("top", 4, 0, first, first, 0.67, 0.6, 0.6208),
            new Evaluated(
                "random", 3, 1, null, new Judged(Examples.CELL, 0.61, null), null, 0.5, null));

    assertThat(lines)
        .anySatisfy(line -> assertThat(line).containsSubsequence("tau", "0.250", "79,778"))
        .anySatisfy(line -> assertThat(line).containsSubsequence("test accuracy", "66.10 %"))
        .anySatisfy(line ->
            assertThat(line)
                .containsSubsequence("ranked", "4", "66.10 %", "66.10 %", "67.00 %", "62.08 %"))
        .anySatisfy(line ->
            assertThat(line).containsSubsequence("random", "3", "–", "61.00 %", "–", "50.00 %"));
    assertThat(lines)
        .filteredOn(line -> !line.contains(Examples.CELL))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void tellsNoAccuracyThatIsNotKnown() {
    assertThat(card(null, new Evaluated("top", 0, 4, null, null, null, null, null)))
        .anySatisfy(line -> assertThat(line).containsSubsequence("test accuracy", "–"));
  }

  @Test
  void saysThatTheModelsLearnedFromTheseVeryImages() {
    assertThat(String.join(" ", card(true, null)).replaceAll("\\s+", " "))
        .contains(MetaD2aResult.SEEN);
    assertThat(card(true, null))
        .filteredOn(line -> !line.contains(Examples.CELL))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
    assertThat(card(null)).noneMatch(line -> line.contains("very images"));
  }

  @Test
  void tellsTheTimeOfWhatWasMadeFirstAsOneLine() {
    assertThat(card(null))
        .anySatisfy(line -> assertThat(line).containsSubsequence("metad2a-train", "1 min", "4"))
        .noneMatch(line -> line.contains("train-generator"));
  }
}
