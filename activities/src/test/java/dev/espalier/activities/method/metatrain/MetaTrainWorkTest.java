package dev.espalier.activities.method.metatrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.fixture.MadeUpTasks;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.meta.MetaEpoch;
import dev.espalier.learning.meta.MetaMonitor;
import dev.espalier.learning.meta.MetaTraining;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.DatasetDocument;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.FindTasks;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.FitMetaModel;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.ReportMetaTraining;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The units of work of a meta-training")
final class MetaTrainWorkTest {
  private static final StageRef REF =
      new StageRef(Workbench.EXPERIMENT, "train-generator", Workbench.STAGE_KEY);

  @TempDir private Path folder;
  private Workbench workbench;
  private MetaTrainActivities activities;
  private DatasetDocument features;
  private DatasetDocument generator;
  private DatasetDocument predictor;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    activities =
        workbench.activities(MetaTrainActivities.class, new MetaTrainWork(workbench.equipment()));
    MadeUpTasks tasks = new MadeUpTasks(workbench);
    features = tasks.features(0, "an encoder");
    tasks.features(1, "a newer encoder");
    generator = tasks.database(MetaHeader.GENERATOR, features.digest());
    predictor = tasks.database(MetaHeader.PREDICTOR, features.digest());
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static MetaTrainSpecification specification(String... more) {
    Map<String, String> sets = new HashMap<>();
    for (String model : List.of("generator.", "predictor.")) {
      sets.put(model + "epochs", "3");
      sets.put(model + "batch", "4");
      sets.put(model + "perClass", "3");
      sets.put(model + "latent", "8");
      sets.put(model + "hidden", "8");
    }
    for (int i = 0; i < more.length; i += 2) {
      sets.put(more[i], more[i + 1]);
    }
    return MetaTrainSpecification.preset("quick", sets);
  }

  private FoundTasks found(String... more) {
    return activities.prepare(new FindTasks(REF, specification(more).canonical(), null));
  }

  private FitMetaModel fit(String model, FoundTasks tasks) {
    return new FitMetaModel(REF, specification().canonical(), model, 0, tasks);
  }

  @Test
  void findTheDatabasesAndTheFeaturesThatTheyWereMadeWith() {
    FoundTasks found = found();
    assertThat(found.generator()).isEqualTo(generator.digest());
    assertThat(found.predictor()).isEqualTo(predictor.digest());
    assertThat(found.features()).isEqualTo(features.digest());
    assertThat(found.width()).isEqualTo(MadeUpTasks.WIDTH);
    assertThat(found.tasks()).isEqualTo(6);
    assertThat(found.predictorRows()).isEqualTo(18);
  }

  @Test
  void goByWhatWasMadeFirstWhateverIsNewer() throws IOException {
    DatasetDocument other = new MadeUpTasks(workbench).features(2, "the newest encoder");
    String made =
        ("{\"databases\":{\"generator\":{\"rows\":\"%s\"},\"predictor\":{\"rows\":\"%s\"}},"
                + "\"features\":{\"rows\":\"%s\"}}")
            .formatted(generator.digest(), predictor.digest(), other.digest());
    FoundTasks found = activities.prepare(new FindTasks(REF, specification().canonical(), made));
    assertThat(found.features()).isEqualTo(other.digest());
    assertThat(found.generator()).isEqualTo(generator.digest());
  }

  @Test
  void refuseTasksWithFewerImagesThanAreDrawn() {
    assertThatThrownBy(() -> found("predictor.perClass", "9"))
        .rootCause()
        .hasMessageContaining("has features of 8 images, but perClass asks for 9: lower it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator", "predictor"})
  void goOnFromACheckpointWithTheSameBits(String model) throws IOException {
    FoundTasks tasks = found();
    FitMetaModel request = fit(model, tasks);
    MetaFitResult.Run undisturbed = activities.fit(request);
    assertThat(workbench.store().measurements().series(REF.stageKey(), 0, "loss-0").points())
        .hasSize(3);

    try (Workbench other = new Workbench(folder.resolve("other"))) {
      MadeUpTasks made = new MadeUpTasks(other);
      made.features(0, "an encoder");
      made.database(MetaHeader.GENERATOR, features.digest());
      made.database(MetaHeader.PREDICTOR, features.digest());
      MetaFitting fitting = new MetaFitting(other.equipment());
      boolean generates = model.equals("generator");
      Amid amid = new Amid();
      MetaTrainSpecification specification = specification();
      try (MetaTraining first =
          MetaTraining.of(
              fitting.task(
                  specification,
                  request,
                  generates ? specification.generator() : specification.predictor(),
                  generates),
              null,
              amid)) {
        assertThat(first.run()).isFalse();
        String unit = REF.stageKey() + "/fit-0";
        String checkpoint =
            other.store().artifacts().put(first.checkpoint(), CheckpointRef.KIND, Map.of());
        other.store().units().begin(unit, "killed", "worker");
        other.store().units().checkpoint(unit, "killed", new CheckpointRef(checkpoint, 1, 1));
        other.store().units().end(unit, "killed", "stopped");
      }
      MetaFitResult.Run resumed =
          other
              .activities(MetaTrainActivities.class, new MetaTrainWork(other.equipment()))
              .fit(request);
      assertThat(CanonicalJson.of(resumed)).isEqualTo(CanonicalJson.of(undisturbed));
      assertThat(other.store().measurements().series(REF.stageKey(), 0, "loss-0").points())
          .as("the first epoch was not trained again")
          .hasSize(2);
    }
  }

  @Test
  void putTheBestModelsIntoTheCatalogueAndJudgeThemOnUnseenTasks() {
    FoundTasks tasks = found();
    MetaFitResult.Run drawn = activities.fit(fit("generator", tasks));
    StageRef second = new StageRef(Workbench.EXPERIMENT, "train-predictor", "another-key");
    MetaFitResult.Run ranked =
        activities.fit(
            new FitMetaModel(second, specification().canonical(), "predictor", 0, tasks));
    MetaTrainResult result =
        activities.report(
            new ReportMetaTraining(
                REF,
                specification().canonical(),
                tasks,
                CanonicalJson.of(new MetaFitResult("generator", "a loss", List.of(drawn), 0)),
                CanonicalJson.of(
                    new MetaFitResult("predictor", "a correlation", List.of(ranked), 0))));

    assertThat(workbench.store().models().byName("metad2a-generator"))
        .hasValueSatisfying(model -> {
          assertThat(model.digest()).isEqualTo(result.generator().digest());
          assertThat(model.kind()).isEqualTo("metad2a-generator");
          assertThat(model.sizes()).containsEntry("features", "6").containsEntry("latent", "8");
          assertThat(model.origin())
              .containsEntry("database", generator.digest())
              .containsEntry("features", features.digest())
              .containsEntry("stage", "train-generator");
        });
    assertThat(workbench.store().models().byDigest(result.predictor().digest()))
        .hasValueSatisfying(model -> assertThat(model.kind()).isEqualTo("metad2a-predictor"));
    assertThat(result.heldOut())
        .singleElement()
        .satisfies(unseen -> {
          assertThat(unseen.task()).isEqualTo("task-5");
          assertThat(unseen.architectures()).isEqualTo(3);
          assertThat(unseen.regret()).isBetween(0.0, 1.0);
          assertThat(unseen.ofRandom()).isPositive();
        });
  }

  /** Stops amid the second epoch. */
  private static final class Amid implements MetaMonitor {
    private int steps;
    private boolean second;

    @Override
    public boolean stop() {
      return second && steps > 0;
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {
      steps++;
    }

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return false;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(MetaEpoch done) {
      second = true;
      steps = 0;
    }
  }
}
