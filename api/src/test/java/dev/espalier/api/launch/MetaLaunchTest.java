package dev.espalier.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.MetaDatabaseWriter;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.LearnsFromTasks;
import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.store.TaskCatalogue;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A launch of MetaD2A's methods")
final class MetaLaunchTest {
  private static final String SPACE = "nas-bench-201";

  @TempDir private Path folder;
  private EmbeddedStore embedded;
  private Store store;

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
  }

  @AfterEach
  void close() {
    store.close();
    embedded.close();
  }

  private void database(String name, String kind, String space, @Nullable String features)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MetaHeader header = new MetaHeader(kind, space, "pictures", 4, "made for this test: " + name);
    try (MetaDatabaseWriter writer = new MetaDatabaseWriter(bytes, header)) {
      assertThat(writer).isNotNull();
    }
    put(name, DatasetDocument.META_DATABASE, 0, bytes.toByteArray(), 1, features);
  }

  private String features(String name, String encoder, int width, int second) {
    String first =
        "{\"classNames\":[],\"collection\":\"pictures\",\"counts\":[],\"encoder\":\"%s\",\"width\":%d}\n"
            .formatted(encoder, width);
    byte[] bytes = first.getBytes(StandardCharsets.UTF_8);
    return put(name, DatasetDocument.FEATURES, width, bytes, second, null);
  }

  private String put(
      String name, String kind, int width, byte[] bytes, int second, @Nullable String features) {
    String artifact = store.artifacts().put(bytes, kind, Map.of("name", name));
    DatasetDocument document =
        new DatasetDocument(
            artifact,
            name,
            kind,
            new DatasetContents(1, 1, width, 4, List.of(), 6, 2),
            artifact,
            kind,
            Instant.ofEpochSecond(second));
    store.datasets().put(document.madeWith(features));
    return artifact;
  }

  private void model(String name, String kind, String width, Map<String, String> origin) {
    String artifact =
        store.artifacts().put(name.getBytes(StandardCharsets.UTF_8), "model", Map.of());
    store
        .models()
        .put(
            new ModelDocument(
                artifact,
                name,
                "metad2a-" + kind,
                SPACE,
                Map.of("features", width),
                artifact,
                ModelDocument.TRAINED,
                origin,
                Instant.EPOCH));
  }

  private List<String> madeFirst(String method, Map<String, String> sets) {
    Specification specification = new MadeFirst(store).specification("method: " + method, sets);
    return ((HasPrerequisites) specification)
        .prerequisites().stream().map(Specification::method).toList();
  }

  private List<String> problems(String method, Map<String, String> sets) {
    Specification specification = new MadeFirst(store).specification("method: " + method, sets);
    try {
      new LaunchChecks(store, List.of()).checkedData(specification);
      return List.of();
    } catch (InvalidInput e) {
      return e.problems();
    }
  }

  @Test
  void beginsWithMakingWhatNothingOfIsHere() throws IOException {
    assertThat(madeFirst("metad2a", Map.of())).containsExactly("metad2a-database", "metad2a-train");
    assertThat(madeFirst("metad2a-train", Map.of())).containsExactly("metad2a-database");
    assertThat(problems("metad2a", Map.of())).isEmpty();

    database("others", MetaHeader.GENERATOR, "mobilenet-v3", null);
    assertThat(madeFirst("metad2a-train", Map.of())).containsExactly("metad2a-database");
    database("tasks", MetaHeader.GENERATOR, SPACE, null);
    assertThat(madeFirst("metad2a", Map.of())).containsExactly("metad2a-train");
    assertThat(madeFirst("metad2a-train", Map.of())).isEmpty();

    model("mine", "generator", "8", Map.of());
    assertThat(madeFirst("metad2a", Map.of())).isEmpty();
    assertThat(madeFirst("metad2a", Map.of("models.train.preset", "quick")))
        .containsExactly("metad2a-train");
  }

  @Test
  void saysWhatIsMadeFirst() {
    Specification search = new MadeFirst(store).specification("method: metad2a", Map.of());
    assertThat(MadeFirst.inWords(search))
        .hasValueSatisfying(words ->
            assertThat(words)
                .contains("metad2a-database (preset quick), then of metad2a-train (preset quick)")
                .contains("some minutes"));
    assertThat(MadeFirst.inWords(SpecificationReader.preset("metad2a", "quick", Map.of())))
        .isEmpty();
  }

  @Test
  void tellsAllThatIsMissingAtOnce() throws IOException {
    database("tasks", MetaHeader.GENERATOR, SPACE, null);
    assertThat(problems("metad2a-train", Map.of()))
        .singleElement()
        .asString()
        .startsWith("tasks.predictor: no meta-database for the predictor of nas-bench-201 is here");
    assertThat(
            problems("metad2a-train", Map.of("tasks.predictor", "tasks", "tasks.features", "task")))
        .hasSize(2)
        .anySatisfy(
            each -> assertThat(each).contains("tasks is a generator's database, but a predictor's"))
        .anySatisfy(
            each -> assertThat(each).contains("tasks.features: nothing here is called task"));
    database("all", MetaHeader.PREDICTOR, SPACE, null);
    assertThat(problems("metad2a-train", Map.of()))
        .singleElement()
        .asString()
        .startsWith(
            "tasks.features: no features of the images that the tasks of all are of are here");
    assertThat(problems("metad2a-train", Map.of("tasks.features", "all")))
        .singleElement()
        .asString()
        .contains("tasks.features: all is a meta-database, not features of images");
    model("mine", "generator", "8", Map.of());
    assertThat(problems("metad2a", Map.of("models.known", "nothing", "data", "nowhere")))
        .hasSize(3)
        .anySatisfy(each -> assertThat(each).startsWith("models.predictor: no metad2a-predictor"))
        .anySatisfy(
            each -> assertThat(each).startsWith("models.known: nothing here is called nothing"))
        .anySatisfy(each -> assertThat(each).startsWith("data: there is no data set nowhere"));
  }

  @Test
  void takesTheFeaturesThatTheDatabaseWasMadeWith() throws IOException {
    String own = features("own", "an encoder", 8, 1);
    String newer = features("newer", "another encoder", 8, 2);
    database("best", MetaHeader.GENERATOR, SPACE, own);
    database("all", MetaHeader.PREDICTOR, SPACE, own);
    LearnsFromTasks training =
        (LearnsFromTasks) SpecificationReader.preset("metad2a-train", "quick", Map.of());
    assertThat(new TaskCatalogue(store).find(training).features().digest()).isEqualTo(own);

    database("imported", MetaHeader.PREDICTOR, SPACE, null);
    LearnsFromTasks other =
        (LearnsFromTasks)
            SpecificationReader.preset(
                "metad2a-train", "quick", Map.of("tasks.predictor", "imported"));
    assertThat(new TaskCatalogue(store).find(other).features().digest()).isEqualTo(newer);
  }

  @Test
  void refusesModelsThatDoNotGoTogether() {
    String features = features("pictures", "an encoder, weights " + "a".repeat(64), 8, 1);
    model("small", "generator", "8", Map.of());
    model("large", "predictor", "512", Map.of("features", features));
    assertThat(
            problems("metad2a", Map.of("models.features", "pictures", "models.known", "pictures")))
        .hasSize(2)
        .anySatisfy(each ->
            assertThat(each)
                .contains("small (features of 8 numbers) and large (features of 512 numbers)"))
        .anySatisfy(each ->
            assertThat(each).contains("models.known: pictures is features of images, not a meta-"));
    assertThat(problems("metad2a", Map.of("models.generator", "large")))
        .anySatisfy(each ->
            assertThat(each)
                .contains(
                    "model large is a metad2a-predictor for nas-bench-201, but a metad2a-gen"));
  }

  @Test
  void refusesFeaturesOfAnotherWidthAndImagesThatNoEncoderIsHereFor() {
    String features = features("pictures", "an encoder, weights " + "a".repeat(64), 8, 1);
    features("narrow", "an encoder", 4, 2);
    model("g", "generator", "8", Map.of());
    model("p", "predictor", "8", Map.of("features", features));
    assertThat(problems("metad2a", Map.of("models.features", "narrow")))
        .singleElement()
        .asString()
        .contains("models.features: narrow has 4 numbers an image, but the models read 8");
    assertThat(problems("metad2a", Map.of()))
        .singleElement()
        .asString()
        .startsWith("models.features: the images that p learned from went through an encoder");
    assertThat(
            problems(
                "metad2a-database",
                Map.of("features.encoder", "imported", "features.name", "narrow")))
        .singleElement()
        .asString()
        .contains("features.name: narrow has 4 numbers an image, but features.width asks for 512");
  }

  @Test
  void isTheSameUnderItsKeyThoughWhatItNeedsIsHereMeanwhile() {
    Specification before = new MadeFirst(store).specification("method: metad2a", Map.of());
    LaunchId id = new LaunchId("metad2a", "a key");
    store
        .experiments()
        .insert(
            new ExperimentDocument(
                id.next(),
                before.canonical(),
                ExperimentState.QUEUED,
                ExperimentState.RUNNING,
                null,
                "cpu",
                null,
                null,
                null,
                "",
                Instant.EPOCH,
                null,
                null,
                List.of(),
                "me",
                "0.1.0",
                0,
                null));
    LaunchWish wish = new LaunchWish("method: metad2a", Map.of(), false, "me", "a key", null);
    model("g", "generator", "8", Map.of());
    Specification after = new MadeFirst(store).specification("method: metad2a", Map.of());
    assertThat(after).isNotEqualTo(before);
    assertThat(id.launched(store, after, wish)).isPresent();
    Specification other = SpecificationReader.preset("metad2a", "quick", Map.of("seed", "1"));
    assertThatThrownBy(() -> id.launched(store, other, wish)).isInstanceOf(KeyTaken.class);
  }

  @Test
  void refusesADatabaseAsAModel() throws IOException {
    database("tasks", MetaHeader.GENERATOR, SPACE, null);
    model("mine", "predictor", "8", Map.of());
    assertThat(problems("metad2a", Map.of("models.generator", "tasks")))
        .anySatisfy(each ->
            assertThat(each)
                .isEqualTo(
                    "models.generator: tasks is a meta-database, not a model (see: espalier model list)"));
  }
}
