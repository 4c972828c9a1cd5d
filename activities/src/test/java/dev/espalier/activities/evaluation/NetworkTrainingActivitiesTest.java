package dev.espalier.activities.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Images;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.specification.TeNasSpecification;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.types.Binary;
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
  private static final String EXPERIMENT = "te-nas-test";
  private static final String STAGE_KEY = "stage-key";

  @TempDir private Path folder;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EmbeddedStore embedded;
  private Store store;
  private TestActivityEnvironment environment;
  private TrainingActivities activities;
  private String dataDigest;

  @BeforeEach
  void open() throws IOException {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    store
        .stages()
        .claim(StageDocument.running(STAGE_KEY, "EvaluateStage", "{}", List.of()), EXPERIMENT);
    dataDigest = storedImages();
    environment = TestActivityEnvironment.newInstance();
    EspalierMetrics metrics = new EspalierMetrics(meters);
    environment.registerActivitiesImplementations(
        new NetworkTrainingActivities(
            store,
            new UnitsOfWork(store, metrics, "worker"),
            metrics,
            Torch.cpu(),
            new LoadedDatasets(store, folder.resolve("cache"))));
    activities = environment.newActivityStub(TrainingActivities.class);
  }

  @AfterEach
  void close() {
    environment.close();
    store.close();
    embedded.close();
  }

  private String storedImages() throws IOException {
    ImageShape shape = new ImageShape(3, 8, 8);
    ImageDataset dataset =
        new ImageDataset("stripes", List.of("even", "odd"), images(shape, 80), images(shape, 20));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    dataset.writeTo(bytes);
    String artifact = store.artifacts().put(bytes.toByteArray(), "dataset", Map.of());
    store
        .datasets()
        .put(
            new DatasetDocument(
                dataset.digest(),
                "stripes",
                DatasetDocument.IMAGES,
                3,
                8,
                8,
                2,
                dataset.classNames(),
                80,
                20,
                artifact,
                "test",
                Instant.EPOCH));
    return dataset.digest();
  }

  private static Images images(ImageShape shape, int count) {
    int size = shape.channels() * shape.height() * shape.width();
    byte[] pixels = new byte[count * size];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      for (int p = 0; p < size; p++) {
        pixels[i * size + p] = (byte) (p % 2 == labels[i] ? 200 + i % 50 : 30 + (i * p) % 20);
      }
    }
    return new Images(shape, pixels, labels);
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
        EXPERIMENT,
        "evaluate",
        STAGE_KEY,
        evaluationId,
        evaluationId,
        "nas-bench-201",
        CELL,
        "found",
        0,
        "{}",
        specification.canonical(),
        dataDigest);
  }

  @Test
  void an_evaluation_is_recorded_once_and_answered_from_then_on() {
    TrainedArchitecture first = activities.train(request("evaluation"));
    TrainedArchitecture again = activities.train(request("evaluation"));
    assertThat(again).isEqualTo(first);
    assertThat(store.artifacts().exists(first.weights())).isTrue();
    assertThat(store.stages().find(STAGE_KEY).orElseThrow().attempts()).isEqualTo(2);
  }

  @Test
  void a_corrupt_checkpoint_is_passed_over_counted_and_shown() {
    TrainedArchitecture undisturbed = activities.train(request("evaluation"));
    TrainArchitecture resumed = request("evaluation");
    String unit = "train/evaluation";
    String corrupt = store.artifacts().put(new byte[] {1, 2, 3, 4}, "checkpoint", Map.of());
    store.units().checkpoint(unit, new CheckpointRef(corrupt, 2, 1));
    flip(corrupt);
    forgetEvaluation("evaluation");

    TrainedArchitecture again = activities.train(resumed);

    assertThat(again).isEqualTo(undisturbed);
    assertThat(
            meters.get("espalier.checkpoints.corrupt").tag("stage", "evaluate").counter().count())
        .isEqualTo(1);
    assertThat(store.events().list(EXPERIMENT)).anyMatch(event -> event.kind().equals("corrupt"));
    assertThat(store.units().checkpoints(unit))
        .noneMatch(checkpoint -> checkpoint.sha().equals(corrupt));
  }

  @Test
  void a_unit_that_is_lost_five_times_without_progress_is_given_up() {
    for (int lost = 0; lost <= 5; lost++) {
      store.units().begin("train/hopeless", "attempt-" + lost, "a worker that died");
    }
    assertThatThrownBy(() -> activities.train(request("hopeless")))
        .isInstanceOf(ActivityFailure.class)
        .rootCause()
        .hasMessageContaining("was lost 6 times without progress");
  }

  /** Changes a stored byte behind the store's back. */
  private void flip(String sha) {
    try (MongoClient client = MongoClients.create(embedded.uri())) {
      client
          .getDatabase("espalier")
          .getCollection("chunks")
          .updateOne(
              Filters.eq("_id", sha + "/0"),
              Updates.set("data", new Binary(new byte[] {1, 2, 3, 5})));
    }
  }

  private void forgetEvaluation(String id) {
    try (MongoClient client = MongoClients.create(embedded.uri())) {
      client.getDatabase("espalier").getCollection("evaluations").deleteOne(Filters.eq("_id", id));
    }
  }
}
