package dev.espalier.activities.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.espalier.activities.data.PrepareDataActivity;
import dev.espalier.activities.fixture.ArchitectureTableDocuments;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.workflows.data.DataActivities;
import dev.espalier.workflows.data.DataActivities.PrepareData;
import dev.espalier.workflows.data.DataActivities.Table;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings as activities: checkpoints found, corrupt ones passed over, evaluations recorded once.
 */
final class NetworkTrainingActivitiesTest {
  private static final String CELL =
      "|skip_connect~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|none~1|skip_connect~2|";

  @TempDir private Path folder;

  private Workbench workbench;
  private Store store;
  private TrainingActivities activities;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    store = workbench.store();
    activities =
        workbench.activities(
            TrainingActivities.class, new NetworkTrainingActivities(workbench.equipment()));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private TrainArchitecture request(String evaluationId) {
    TeNasSpecification specification =
        TeNasSpecification.preset(
            "quick",
            Map.of(
                "evaluation.epochs", "3",
                "evaluation.batch", "16",
                "evaluation.channels", "2",
                "evaluation.imageSize", "8",
                "evaluation.trainImages", "64",
                "evaluation.validationImages", "16",
                "evaluation.testImages", "20"));
    return new TrainArchitecture(
        new StageRef(Workbench.EXPERIMENT, "evaluate", Workbench.STAGE_KEY),
        evaluationId,
        evaluationId,
        "nas-bench-201",
        CELL,
        "found",
        0,
        "{}",
        specification.canonical(),
        workbench.dataDigest(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void an_evaluation_is_recorded_once_and_answered_from_then_on() {
    TrainedArchitecture first = activities.train(request("evaluation"));
    TrainedArchitecture again = activities.train(request("evaluation"));
    assertThat(again).isEqualTo(first);
    assertThat(store.artifacts().exists(Objects.requireNonNull(first.weights()))).isTrue();
    assertThat(store.stages().find(Workbench.STAGE_KEY).orElseThrow().attempts()).isEqualTo(2);
  }

  @Test
  void a_network_trained_alone_counts_its_epochs_and_keeps_weights_and_curves() {
    Safetensors weights = trainedAlone("nas-bench-201", CELL, "1");
    assertThat(weights.arrays()).containsKeys("stem.0.weight", "lastact.0.running_var");
    assertThat(weights.metadata()).containsEntry("cell", CELL);
  }

  @Test
  void a_genotype_is_trained_alone_likewise() {
    String genotype = DartsSpace.SPACE.random(RandomStream.of(1, "genotype")).canonical();
    Safetensors weights = trainedAlone("darts", genotype, "3");
    assertThat(weights.arrays())
        .containsKeys("stem.0.weight", "cells.2.preprocess1.op.2.running_var");
    assertThat(weights.metadata()).containsEntry("genotype", genotype);
  }

  /** By the recipe of DARTS, drop-path and auxiliary head included. */
  private Safetensors trainedAlone(String space, String architecture, String cells) {
    TrainSpecification specification =
        TrainSpecification.preset(
            "darts-cifar",
            Map.of(
                "architecture", architecture,
                "network.channels", "2",
                "network.cells", cells,
                "evaluation.epochs", "3",
                "evaluation.batch", "16",
                "evaluation.cutout", "2",
                "evaluation.imageSize", "8"));
    TrainArchitecture request =
        new TrainArchitecture(
            new StageRef(Workbench.EXPERIMENT, "train", Workbench.STAGE_KEY),
            "alone",
            "alone",
            space,
            architecture,
            "found",
            0,
            "{}",
            specification.canonical(),
            workbench.dataDigest(),
            7L,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    TrainedArchitecture trained = activities.train(request);

    StageProgress progress = store.stages().find(Workbench.STAGE_KEY).orElseThrow().progress();
    assertThat(progress).isEqualTo(new StageProgress(0, 1, 3, 3, "epochs", null));
    assertThat(store.measurements().series(Workbench.STAGE_KEY, 0, "validation-alone").points())
        .hasSize(3);
    Safetensors weights =
        Safetensors.decode(store.artifacts().get(Objects.requireNonNull(trained.weights())));
    assertThat(weights.arrays().keySet()).noneMatch(name -> name.startsWith("auxiliary"));
    return weights;
  }

  @Test
  void a_corrupt_checkpoint_is_passed_over_counted_and_shown() {
    TrainedArchitecture undisturbed = activities.train(request("evaluation"));
    TrainArchitecture resumed = request("evaluation");
    String unit = "train/evaluation";
    String corrupt = store.artifacts().put(new byte[] {1, 2, 3, 4}, "checkpoint", Map.of());
    store.units().begin(unit, "killed", "worker");
    store.units().checkpoint(unit, "killed", new CheckpointRef(corrupt, 2, 1));
    store.units().end(unit, "killed", "stopped");
    flip(corrupt);
    forgetEvaluation("evaluation");

    TrainedArchitecture again = activities.train(resumed);

    assertThat(again).isEqualTo(undisturbed);
    assertThat(
            workbench
                .meters()
                .get("espalier.checkpoints.corrupt")
                .tag("stage", "evaluate")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(store.events().list(Workbench.EXPERIMENT))
        .anyMatch(event -> event.kind().equals("corrupt"));
    assertThat(store.units().checkpoints(unit))
        .noneMatch(checkpoint -> checkpoint.sha().equals(corrupt));
  }

  @Test
  void a_training_that_another_experiment_is_at_is_waited_for_and_done_once() throws Exception {
    store.units().begin("train/shared", "another-run/activity/1", "another worker");
    AtomicBoolean answered = new AtomicBoolean();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              activities.train(request("shared"));
              answered.set(true);
            });
    for (int beat = 0; beat < 12; beat++) { // longer than an attempt may be silent
      store.units().beat("train/shared", "another-run/activity/1");
      assertThat(waiting.join(Duration.ofMillis(200))).isFalse();
    }
    assertThat(store.evaluations().find("shared")).as("nobody trained beside it").isEmpty();

    store.units().end("train/shared", "another-run/activity/1", "done");
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
    assertThat(answered).isTrue();
    assertThat(store.stages().find(Workbench.STAGE_KEY).orElseThrow().recoveries()).isZero();
  }

  @Test
  void a_unit_whose_processes_died_ever_so_often_is_not_given_up() {
    for (int lost = 0; lost <= 50; lost++) {
      store.units().begin("train/unlucky", "attempt-" + lost, "worker " + lost + ", which died");
    }
    assertThat(activities.train(request("unlucky")).validationAccuracy()).isPositive();
  }

  private TrainArchitecture ofOperations(String record, int stop, @Nullable String continues) {
    EvolutionSpecification specification = evolution("");
    return new TrainArchitecture(
        new StageRef(Workbench.EXPERIMENT, "evaluate", Workbench.STAGE_KEY),
        record,
        record,
        "parallel-ops",
        "skip+sep3|dil3",
        "sample",
        0,
        "{}",
        specification.canonical(),
        workbench.dataDigest(),
        7L,
        stop,
        0,
        continues,
        "training",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static EvolutionSpecification evolution(String table) {
    return EvolutionSpecification.preset(
        "quick",
        Map.ofEntries(
            Map.entry("network.layers", "[{channels: 4, stride: 1}, {channels: 6, stride: 2}]"),
            Map.entry("network.stem", "4"),
            Map.entry("network.tail", "8"),
            Map.entry("evaluation.epochs", "4"),
            Map.entry("evaluation.batch", "16"),
            Map.entry("evaluation.imageSize", "8"),
            Map.entry("evaluation.trainImages", "64"),
            Map.entry("evaluation.validationImages", "16"),
            Map.entry("evaluation.testImages", "20"),
            Map.entry("evaluation.table", table)));
  }

  @Test
  void a_training_taken_from_rung_to_rung_ends_with_the_bits_of_one_that_went_through() {
    TrainedArchitecture through = activities.train(ofOperations("whole", 0, null));
    TrainedArchitecture rung = activities.train(ofOperations("rung", 2, null));
    TrainedArchitecture end = activities.train(ofOperations("end", 0, "rung"));

    assertThat(rung.testAccuracy()).as("test images are not looked at before the end").isNull();
    assertThat(rung.weights()).isNull();
    assertThat(end.weights()).isEqualTo(through.weights());
    assertThat(end.testAccuracy()).isEqualTo(through.testAccuracy());
    assertThat(store.measurements().series(Workbench.STAGE_KEY, 0, "loss-end").points())
        .as("it went on where the rung before had stopped, instead of beginning anew")
        .hasSize(2);
    assertThat(store.evaluations().find("end").orElseThrow().seed()).isEqualTo(7);
    assertThat(store.units().checkpoints("train/rung")).as("nobody needs them now").isEmpty();
  }

  @Test
  void an_accuracy_is_looked_up_where_a_table_is_named() {
    ArchitectureTableDocuments.put(
        store, "measured", "architecture,validation,test\nskip+sep3|dil3,0.5,0.4\n");
    TrainArchitecture asked = ofOperations("looked-up", 0, null);
    TrainedArchitecture found = activities.train(withTable(asked, "measured"));
    assertThat(found.validationAccuracy()).isEqualTo(0.5);
    assertThat(found.testAccuracy()).isEqualTo(0.4);
    assertThat(found.weights()).isNull();

    assertThatThrownBy(
            () -> activities.train(withTable(ofOperations("nowhere", 0, null), "missing")))
        .rootCause()
        .hasMessageContaining("there is no table missing")
        .hasMessageContaining("--format accuracies");
  }

  @Test
  void a_table_replaced_under_its_name_stays_for_whoever_began_with_it() {
    String row = "architecture,validation,test\nskip+sep3|dil3,%s,0.4\n";
    ArchitectureTableDocuments.put(store, "measured", row.formatted("0.5"));
    DataActivities data =
        workbench.activities(
            DataActivities.class,
            new PrepareDataActivity(
                store,
                workbench.units(),
                (name, progress) -> {
                  throw new AssertionError("it is there");
                },
                workbench.datasets()));
    PreparedData before = prepare(data, "before");
    store.datasets().forget("measured");
    ArchitectureTableDocuments.put(store, "measured", row.formatted("0.7"));
    PreparedData after = prepare(data, "after");

    assertThat(after.tableDigest()).isNotEqualTo(before.tableDigest());
    assertThat(lookedUp("old", before.tableDigest())).isEqualTo(0.5);
    assertThat(lookedUp("new", after.tableDigest())).isEqualTo(0.7);
    assertThat(lookedUp("by-name", null)).as("as in runs from before").isEqualTo(0.7);
  }

  private double lookedUp(String record, @Nullable String tableDigest) {
    TrainArchitecture asked = ofOperations(record, 0, null);
    return activities.train(withTable(asked, "measured", tableDigest)).validationAccuracy();
  }

  private static PreparedData prepare(DataActivities data, String stageKey) {
    return data.prepare(
        new PrepareData(
            Workbench.EXPERIMENT, stageKey, "stripes", "", new Table("measured", "accuracies")));
  }

  private static TrainArchitecture withTable(TrainArchitecture asked, String table) {
    return withTable(asked, table, null);
  }

  private static TrainArchitecture withTable(
      TrainArchitecture asked, String table, @Nullable String tableDigest) {
    return new TrainArchitecture(
        asked.ref(),
        asked.evaluationId(),
        asked.recordId(),
        asked.space(),
        asked.architecture(),
        asked.role(),
        asked.number(),
        asked.protocol(),
        evolution(table).canonical(),
        asked.dataDigest(),
        asked.seed(),
        asked.stopAfterEpoch(),
        asked.round(),
        asked.continues(),
        asked.training(),
        tableDigest,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Changes a stored byte behind the store's back. */
  private void flip(String sha) {
    try (MongoClient client = MongoClients.create(workbench.storeUri())) {
      client
          .getDatabase("espalier")
          .getCollection("chunks")
          .updateOne(
              Filters.eq("_id", sha + "/0"),
              Updates.set("data", new Binary(new byte[] {1, 2, 3, 5})));
    }
  }

  private void forgetEvaluation(String id) {
    try (MongoClient client = MongoClients.create(workbench.storeUri())) {
      client.getDatabase("espalier").getCollection("evaluations").deleteOne(Filters.eq("_id", id));
    }
  }
}
