package dev.espalier.activities.method.metad2a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.catalogue.ModelCatalog;
import dev.espalier.activities.fixture.MadeUpTasks;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.catalogue.TensorFile;
import dev.espalier.learning.meta.AccuracyScale;
import dev.espalier.learning.meta.GeneratorModel;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.meta.ModelSizes;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities.EncodeDataSet;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities.PrepareSearch;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The units of work of a search by meta-trained models")
final class MetaD2aSearchingTest {
  private static final StageRef REF =
      new StageRef(Workbench.EXPERIMENT, "encode", Workbench.STAGE_KEY);
  private static final ModelSizes SIZES = new ModelSizes(MadeUpTasks.WIDTH, 8, 8);
  private static final GraphCoding CELLS = GraphCodings.of("nas-bench-201");

  @TempDir private Path folder;
  private Workbench workbench;
  private MetaD2aActivities activities;
  private DatasetDocument features;
  private DatasetDocument database;
  private ModelDocument generator;
  private ModelDocument predictor;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    activities =
        workbench.activities(MetaD2aActivities.class, new MetaD2aSearching(workbench.equipment()));
    MadeUpTasks tasks = new MadeUpTasks(workbench);
    features = tasks.features(0, "an encoder");
    database = tasks.database(MetaHeader.PREDICTOR, features.digest());
    generator = generator("mine", 1);
    try (MetaPredictorModel model =
        MetaPredictorModel.fresh(
            Torch.cpu(), CELLS.topology(), SIZES, AccuracyScale.of(0.5, 0.7), 2)) {
      predictor = kept("ranker", model.forPyTorch());
    }
  }

  private ModelDocument generator(String name, int seed) {
    try (GeneratorModel model = GeneratorModel.fresh(Torch.cpu(), CELLS.topology(), SIZES, seed)) {
      return kept(name, model.forPyTorch());
    }
  }

  private ModelDocument kept(String name, byte[] bytes) {
    return new ModelCatalog(workbench.store())
        .keepTrained(
            name,
            TensorFile.read(name, bytes),
            Map.of("database", database.digest(), "features", features.digest()));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private MetaD2aSpecification specification(String... more) {
    Map<String, String> sets =
        new HashMap<>(
            Map.of(
                "models.features", features.name(), "search.perClass", "3", "search.draws", "2"));
    for (int i = 0; i < more.length; i += 2) {
      sets.put(more[i], more[i + 1]);
    }
    return MetaD2aSpecification.preset("quick", sets);
  }

  private PreparedSearch prepared(@Nullable String made, String... more) {
    PreparedData data = new PreparedData(workbench.dataDigest(), 3, 8, 8, 2, 80, 20, null);
    return activities.prepare(new PrepareSearch(REF, specification(more).canonical(), data, made));
  }

  @Test
  void findTheModelsByTheirNamesAndWhatIsKnownByTheirLineage() {
    PreparedSearch prepared = prepared(null, "models.generator", "mine");
    assertThat(prepared.generator()).isEqualTo(generator.artifact());
    assertThat(prepared.predictor()).isEqualTo(predictor.artifact());
    assertThat(prepared.features()).isEqualTo(features.digest());
    assertThat(prepared.known())
        .isEqualTo(new PreparedSearch.KnownTasks(database.digest(), features.digest()));
    assertThat(prepared.seen()).as("they learned from other images").isFalse();
  }

  @Test
  void goByTheModelsThatWereTrainedFirstWhateverIsNewer() {
    generator("newer", 3);
    String made =
        "{\"generator\":{\"digest\":\"%s\"},\"predictor\":{\"digest\":\"%s\"}}"
            .formatted(generator.digest(), predictor.digest());
    assertThat(prepared(made).generator()).isEqualTo(generator.artifact());
    assertThat(prepared(made).generatorName()).isEqualTo("mine");
  }

  @Test
  void tellWhetherTheModelsLearnedFromTheseVeryImages() throws IOException {
    database =
        new MadeUpTasks(workbench)
            .database(MetaHeader.PREDICTOR, workbench.dataDigest(), features.digest());
    try (MetaPredictorModel model =
        MetaPredictorModel.fresh(
            Torch.cpu(), CELLS.topology(), SIZES, AccuracyScale.of(0.5, 0.7), 5)) {
      kept("seer", model.forPyTorch());
    }
    assertThat(prepared(null, "models.predictor", "seer").seen()).isTrue();
  }

  @Test
  void tellTheNearestKnownTasks() {
    PreparedSearch prepared = prepared(null);
    EncodedData encoded =
        activities.encode(new EncodeDataSet(REF, specification().canonical(), prepared));
    assertThat(encoded.features()).isEqualTo(features.digest());
    assertThat(encoded.images()).isEqualTo(4 * MadeUpTasks.PER_CLASS);
    assertThat(encoded.nearest())
        .hasSize(6)
        .isSortedAccordingTo(Comparator.comparingDouble(EncodedData.Near::distance));
    assertThat(encoded.latent()).hasSize(6 + 2);
  }

  @Test
  void refuseImagesThatNoEncoderIsHereFor() {
    PreparedSearch prepared = prepared(null, "models.features", "");
    assertThatThrownBy(() ->
            activities.encode(
                new EncodeDataSet(REF, specification("models.features", "").canonical(), prepared)))
        .rootCause()
        .hasMessageContaining("went through an encoder (an encoder) whose weights are not here");
  }
}
