package dev.espalier.activities.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.stage.Bookkeeping.Completion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays of a completed experiment. */
final class KeepsakesTest {
  private static final String CELL =
      "|skip_connect~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|none~1|skip_connect~2|";

  @TempDir private Path folder;

  private Workbench workbench;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    store = workbench.store();
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                Workbench.EXPERIMENT,
                TrainSpecification.preset("quick", Map.of("architecture", CELL)).canonical(),
                "",
                List.of(
                    new ExperimentStage(
                        "train",
                        EvaluateStage.TYPE,
                        Workbench.STAGE_KEY,
                        StageState.COMPLETED,
                        null)),
                Instant.EPOCH,
                "ada",
                "0.1.0"));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private void complete(@Nullable String weights) {
    Evaluated diverged = new Evaluated("a", CELL, "found", 0L, null, null, null, null);
    Evaluated other = new Evaluated("b", CELL, "random", 0L, 0.5, 0.5, 1.0, "of another");
    Evaluated trained = new Evaluated("c", CELL, "found", 1L, 0.5, 0.5, 1.0, weights);
    String result = CanonicalJson.of(new EvaluateResult(List.of(diverged, other, trained)));
    store.stages().finish(Workbench.STAGE_KEY, result, 1, Map.of());
    new BookkeepingActivities(store, workbench.metrics())
        .completeExperiment(
            new Completion(
                Workbench.EXPERIMENT,
                "digest",
                CanonicalJson.of(Map.of("architecture", CELL)),
                null));
  }

  @Test
  void are_the_architecture_and_the_weights_of_the_first_training_that_has_some() {
    String weights = store.artifacts().put(new byte[] {1, 2}, "weights", Map.of());
    complete(weights);
    Map<String, String> kept = store.experiments().kept(Workbench.EXPERIMENT);
    assertThat(kept).containsOnlyKeys("architecture", "weights").containsEntry("weights", weights);
    assertThat(store.artifacts().get(kept.getOrDefault("architecture", "")))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"architecture\":\"%s\",\"space\":\"nas-bench-201\"}".formatted(CELL));
    complete(weights); // an activity may be repeated
    assertThat(store.experiments().kept(Workbench.EXPERIMENT)).isEqualTo(kept);
  }

  @Test
  void are_without_weights_where_every_training_diverged() {
    complete(null);
    assertThat(store.experiments().kept(Workbench.EXPERIMENT)).containsOnlyKeys("architecture");
  }

  @Test
  void are_a_genotype_in_the_usual_notation_too() {
    String genotype = DartsSpace.SPACE.random(RandomStream.of(0, "keepsakes")).canonical();
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                "darts-1",
                TeNasSpecification.preset("quick", Map.of("space", "darts")).canonical(),
                "",
                List.of(),
                Instant.EPOCH,
                "ada",
                "0.1.0"));
    new BookkeepingActivities(store, workbench.metrics())
        .completeExperiment(
            new Completion(
                "darts-1", "digest", CanonicalJson.of(Map.of("architecture", genotype)), null));
    Map<String, String> kept = store.experiments().kept("darts-1");
    assertThat(kept).containsOnlyKeys("architecture", "genotype");
    assertThat(store.artifacts().get(kept.getOrDefault("genotype", "")))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(genotype + "\n")
        .startsWith("Genotype(normal=[('");
  }
}
