package dev.espalier.cli.method.metadatabase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.Examples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.Database;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.TaskSummary;
import dev.espalier.workflows.method.metadatabase.JoinedFeatures;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetaDatabaseCardTest {
  private static List<String> card(TrainedEncoder encoder) {
    MetaDatabaseResult result =
        new MetaDatabaseResult(
            6,
            47,
            1,
            new AssembledDatabases(
                new Database("pets-generator-12345678", "a".repeat(64), 6),
                new Database("pets-predictor-12345678", "b".repeat(64), 47),
                "c".repeat(64),
                0.6,
                0.1,
                List.of(47),
                new TaskSummary(
                    "task-3", "train", List.of("cat", "dog"), 8, Examples.CELL, 0.75, 0.6, 0.5)),
            encoder,
            new JoinedFeatures("pets-features-12345678", "e".repeat(64), 512, 3, 1_500));
    ObjectNode view = (ObjectNode) Json.tree(Examples.completed());
    view.put("method", "metad2a-database").set("result", Json.tree(result));
    return MethodCard.of("metad2a-database")
        .lines(
            Json.read(view.toString(), ExperimentView.class),
            "",
            new Places(null, null),
            Style.plain());
  }

  @Test
  void tellsWhatWasMadeAndByWhichNames() {
    List<String> lines = card(new TrainedEncoder("trained", "net", "d".repeat(64), 0.4, 0.39));

    assertThat(lines)
        .containsSubsequence(
            "  tasks           6                       accuracy        60.00 ± 10.00 %",
            "  evaluated       47                      the best        75.00 % (task-3)",
            "  failed          1                       features by     trained on the data",
            "  made         name in espalier data list   rows",
            "  generator's  pets-generator-12345678         6",
            "  predictor's  pets-predictor-12345678        47",
            "  features     pets-features-12345678      1,500");
    assertThat(lines).allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void saysWhereFeaturesWereImported() {
    assertThat(card(new TrainedEncoder("imported", "", null, null, null)))
        .anyMatch(line -> line.endsWith("features by     import"));
  }
}
