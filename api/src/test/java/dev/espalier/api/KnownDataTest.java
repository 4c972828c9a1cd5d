package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.launch.KnownData;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of data sets in specifications. */
final class KnownDataTest {
  @TempDir private Path folder;

  private EmbeddedStore embedded;
  private Store store;

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    store
        .datasets()
        .put(
            new DatasetDocument(
                "digest",
                "flowers",
                DatasetDocument.IMAGES,
                new DatasetContents(3, 32, 32, 2, List.of("rose", "tulip"), 10, 10),
                "a".repeat(64),
                "folder",
                Instant.EPOCH));
  }

  @AfterEach
  void close() {
    store.close();
    embedded.close();
  }

  @Test
  void are_those_imported_and_those_that_can_be_fetched() {
    assertThat(KnownData.problem(store, "flowers")).isEmpty();
    assertThat(KnownData.problem(store, "cifar10")).isEmpty();
    assertThat(KnownData.problem(store, "flower"))
        .hasValueSatisfying(problem ->
            assertThat(problem)
                .contains("there is no data set flower. Did you mean flowers?")
                .contains("Imported are: flowers; can be fetched: fashion-mnist"));
  }

  @Test
  void are_checked_beside_everything_else_that_is_wrong() {
    String specification = "method: te-nas\ndata: flower\nsearch: {repeat: 3}\n";
    InvalidInput refused =
        Assertions.catchThrowableOfType(
            InvalidInput.class, () -> SpecificationReader.read(specification, Map.of()));
    InvalidInput all = KnownData.withData(refused, store, specification, Map.of());
    assertThat(all.problems()).hasSize(2);
    assertThat(all.problems().getFirst()).contains("Did you mean search.repeats?");
    assertThat(all.problems().getLast()).contains("Did you mean flowers?");
    assertThat(
            KnownData.withData(refused, store, specification, Map.of("data", "flowers")).problems())
        .hasSize(1);
  }

  @Test
  void a_table_that_is_not_there_is_told_beside_them() {
    String specification =
        "method: random\nsearch: {architecturs: 3}\nevaluation: {table: measured}\n";
    InvalidInput refused =
        Assertions.catchThrowableOfType(
            InvalidInput.class, () -> SpecificationReader.read(specification, Map.of()));
    assertThat(KnownData.withData(refused, store, specification, Map.of()).problems())
        .hasSize(2)
        .last(InstanceOfAssertFactories.STRING)
        .contains("evaluation.table: there is no table measured.");
    assertThat(
            KnownData.withData(refused, store, specification, Map.of("evaluation.table", ""))
                .problems())
        .hasSize(1);
  }
}
