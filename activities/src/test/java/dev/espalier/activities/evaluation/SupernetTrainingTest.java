package dev.espalier.activities.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.catalogue.ModelCatalog;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest network of MobileNetV3, trained here, is the supernet. */
@DisplayName("A training begins with weights of a supernet")
final class SupernetTrainingTest {
  private static final String LARGEST =
      "{'ks': 7, 'e': 6, 'd': 4}"; // without matrices, so that it has no smaller kernels
  private static final String ONE = "k7e3-k7e4|k7e6-k7e3|k7e4-k7e4-k7e3|k7e3-k7e6|k7e3-k7e3";
  private static final String FIRST = "first_conv.conv.weight";
  private static final String LINEAR = "classifier.linear.weight";

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

  private String trained(String record, String architecture, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(sets);
    all.put("architecture", architecture);
    all.put("network.width", "0.05");
    all.put("evaluation.epochs", "1");
    all.put("evaluation.batch", "16");
    all.put("evaluation.imageSize", "16");
    all.put("evaluation.learningRate", "0.000001"); // so small that weights stay as they begin
    TrainSpecification specification = TrainSpecification.preset("quick", all);
    TrainArchitecture request =
        new TrainArchitecture(
            new StageRef(Workbench.EXPERIMENT, "train", Workbench.STAGE_KEY),
            record,
            record,
            specification.space(),
            specification.parsed().canonical(),
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
    return Objects.requireNonNull(activities.train(request).weights());
  }

  private float[] weights(String sha, String name) {
    return Objects.requireNonNull(Safetensors.decode(store.artifacts().get(sha)).arrays().get(name))
        .values();
  }

  @Test
  void ofTheCatalogue() throws IOException {
    String whole = trained("supernet", LARGEST, Map.of());
    Path file = Files.write(folder.resolve("own.safetensors"), store.artifacts().get(whole));
    ModelDocument model = new ModelCatalog(store).importFrom(file, Optional.empty());
    assertThat(model.kind()).isEqualTo("supernet");

    String begun = trained("begun", ONE, Map.of("network.supernet", model.digest()));
    String fresh = trained("fresh", ONE, Map.of());
    for (String name : new String[] {FIRST, LINEAR}) {
      assertThat(weights(begun, name)[0]).isCloseTo(weights(whole, name)[0], within());
      assertThat(weights(fresh, name)[0]).isNotCloseTo(weights(whole, name)[0], within());
    }

    new ModelCatalog(store).remove("own");
    assertThat(trained("begun", ONE, Map.of("network.supernet", model.digest())))
        .as("known by its digest, whatever became of the name")
        .isEqualTo(begun);
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-3f);
  }

  @Test
  void thatIsNotThereIsToldWithTheCommandThatBringsOne() {
    String digest = "0".repeat(64);
    assertThatThrownBy(() -> trained("none", ONE, Map.of("network.supernet", digest)))
        .rootCause()
        .hasMessageContaining("network.supernet: the supernet " + digest)
        .hasMessageContaining("espalier model import FILE");
  }
}
