package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.trainings.TrainingPolicy;
import dev.espalier.search.trainings.TrainingQuery;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of all trainings on their way into the store, out of it and into searches. */
final class TrainingImportTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("espalier.root", ".."))
          .resolve("learning/src/test/resources/golden/neuralpredictor");

  private static final Path MINI = GOLDEN.resolve("mini_table.hdf5");
  private static final Path RECORDS = GOLDEN.resolve("mini_table_rows.tfrecord");

  @TempDir private Path folder;
  private EmbeddedStore embedded;
  private Store store;
  private DataCatalog catalog;

  @BeforeEach
  void start() {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    catalog =
        new DataCatalog(
            store,
            folder.resolve("home"),
            List.of(),
            new Downloads(
                new HttpDownload(Duration.ofSeconds(10), Duration.ZERO),
                new AptGet(List.of("no-such-apt"), Duration.ofSeconds(20))),
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    store.close();
    embedded.close();
  }

  private Imported imported(Path file, String name) throws IOException {
    return catalog.importFrom(
        file, ImportFormat.NAS_BENCH_101, name, ImportOptions.DEFAULTS, line -> {});
  }

  @Test
  void a_table_is_stored_with_every_training_and_can_be_verified() throws IOException {
    Imported imported = imported(MINI, "mini");
    assertThat(imported.sentence())
        .startsWith("mini: 48 of 423,624 cells, the others unknown, from ");
    assertThat(imported.remarks()).anyMatch(remark -> remark.contains("up to 3 times"));
    assertThat(imported.dataset().kind()).isEqualTo(DatasetDocument.TABLE);
    assertThat(catalog.verify("mini").sound()).isTrue();
    TrainingTable table = new ArchitectureTables(store).trainings("mini", null);
    assertThat(table.size()).isEqualTo(48);
    assertThat(table.digest()).isEqualTo(imported.dataset().digest());
    assertThat(table.value(3, 0, TrainingQuery.validation(108))).isLessThan(0.2f);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"mini_table_rows.tfrecord", "mini_table.hdf5"})
  void of_a_truncated_file_nothing_is_stored(String name) throws IOException {
    byte[] whole = Files.readAllBytes(GOLDEN.resolve(name));
    Path cut = folder.resolve("cut");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> imported(cut, "cut"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("truncated");
    assertThat(catalog.stored()).isEmpty();
    assertThat(folder.resolve("home/cache")).doesNotExist();
  }

  @Test
  void an_import_leaves_no_file_of_its_own_behind() throws IOException {
    imported(RECORDS, "records");
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void what_a_search_looks_up_is_chosen_by_the_policy() throws IOException {
    imported(MINI, "mini");
    ArchitectureTables tables = new ArchitectureTables(store);
    TrainingTable all = tables.trainings("mini", null);
    String crashedOnce = all.architecture(3);
    for (TrainingPolicy policy : TrainingPolicy.values()) {
      assertThat(
              tables
                  .find("mini", null, policy.label())
                  .accuracy(crashedOnce)
                  .orElseThrow()
                  .validation())
          .isEqualTo(all.get(policy, 3, TrainingQuery.validation(108)));
    }
    assertThat(tables.find("mini", null, "")).isSameAs(tables.find("mini", null, "first"));
    assertThat(tables.find("mini", null, "mean")).isNotSameAs(tables.find("mini", null, "first"));
    assertThatThrownBy(() -> tables.find("mini", null, "best"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("allowed are first, resample, mean");
  }

  @Test
  void a_table_of_one_accuracy_a_cell_is_looked_up_as_ever_and_has_no_trainings()
      throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("one.csv"), "architecture,validation\nconv3x3@0-output@1,0.9\n");
    catalog.importFrom(csv, ImportFormat.ACCURACIES, "one", ImportOptions.DEFAULTS, line -> {});
    ArchitectureTables tables = new ArchitectureTables(store);
    assertThat(
            tables
                .find("one", null, null)
                .accuracy("conv3x3@0-output@1")
                .orElseThrow()
                .validation())
        .isEqualTo(0.9);
    assertThatThrownBy(() -> tables.trainings("one", null))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("--format nas-bench-101 --name one");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"hdf5", "arrow", "tfrecord", "csv"})
  void what_was_exported_is_imported_as_the_same(String format) throws IOException {
    String digest = imported(MINI, "mini").dataset().digest();
    Path file = folder.resolve("out." + format);
    catalog.export("mini", file, Optional.empty());
    assertThat(imported(file, "again").dataset().digest()).isEqualTo(digest);
    assertThatThrownBy(() -> catalog.export("mini", file, Optional.empty()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void an_export_that_cannot_be_leaves_no_file() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("one.csv"), "architecture,epochs,test\nconv3x3@0-output@1,200,0.9\n");
    imported(csv, "other");
    Path file = folder.resolve("other.hdf5");
    assertThatThrownBy(() -> catalog.export("other", file, Optional.empty()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("write it as arrow or csv");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .noneMatch(each -> each.startsWith("other"));
    }
    assertThatThrownBy(() -> catalog.export("other", folder.resolve("other"), Optional.empty()))
        .hasMessageContaining("does not say what to write");
    assertThatThrownBy(
            () -> catalog.export("other", folder.resolve("no/such.csv"), Optional.empty()))
        .hasMessageContaining("is not there");
  }
}
