package dev.espalier.workflows.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.stage.ActivityRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An experiment that trains one architecture. */
final class TrainTest {
  private static final String CELL =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

  private static ExperimentInput input(String id, String salt, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("architecture", CELL));
    all.putAll(sets);
    return Laboratory.inputFor(id, TrainSpecification.preset("quick", all), salt);
  }

  @Test
  void trainsItOnceAndReports() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("one", "", Map.of("seed", "4")));
      assertThat(laboratory.store().stages("one"))
          .containsOnlyKeys("prepare-data", "train", "report")
          .containsValue("COMPLETED");
      List<Evaluated> trained =
          Json.read(laboratory.store().stageResult("one", "train"), EvaluateResult.class)
              .evaluations();
      assertThat(trained).hasSize(1);
      assertThat(trained.getFirst().architecture()).isEqualTo(CELL);
      assertThat(trained.getFirst().role()).isEqualTo(EvaluateResult.FOUND);
      assertThat(trained.getFirst().seed()).isEqualTo(4);

      assertThat(laboratory.complete(input("again", "", Map.of("seed", "4")))).isEqualTo(digest);
      assertThat(laboratory.script().answers("train/")).isEqualTo(1);
      assertThat(laboratory.complete(input("fresh", "fresh", Map.of("seed", "4"))))
          .isEqualTo(digest);
      assertThat(laboratory.script().answers("train/")).isEqualTo(2);
    }
  }

  @Test
  void everySettingOfTheTrainingIsPartOfItsIdentity() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("one", "", Map.of()));
      for (String setting :
          List.of("evaluation.dropPath=0.1", "network.channels=4", "evaluation.clipping=5")) {
        String[] set = setting.split("=", -1);
        assertThat(laboratory.complete(input(set[0], "", Map.of(set[0], set[1]))))
            .isNotEqualTo(digest);
      }
      assertThat(laboratory.script().answers("train/")).isEqualTo(4);
    }
  }

  @Test
  void needsAttentionWhenItDivergesAndEndsWithoutAccuracyWhereThatIsAllowed() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/", 2, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.client().start(input("strict", "", Map.of()));
      laboratory.store().awaitState("strict", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("strict")).contains("the loss is NaN");
      laboratory.complete(input("lenient", "", Map.of("failure.onDiverged", "continue")));
      Evaluated trained =
          Json.read(laboratory.store().stageResult("lenient", "train"), EvaluateResult.class)
              .evaluations()
              .getFirst();
      assertThat(trained.weights()).isNull();
    }
  }
}
