package dev.espalier.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told before anything is launched, and not after ten attempts. */
final class LaunchChecksTest {
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

  /** A data set of which only the beginning is there: a line, then a label in two bytes each. */
  private void images(String name, int side, int test, int... labels) {
    byte[] bytes = new byte[3 + 2 * labels.length];
    bytes[0] = '{';
    bytes[1] = '}';
    bytes[2] = '\n';
    for (int i = 0; i < labels.length; i++) {
      bytes[4 + 2 * i] = (byte) labels[i];
    }
    put(name, DatasetDocument.IMAGES, "folder", side, labels.length, test, bytes);
  }

  /** Three training images and a test image of one class. */
  private void single(String name) {
    String artifact =
        store.artifacts().put(new byte[] {'{', '}', '\n', 0, 0, 0, 0, 0, 0}, "d", Map.of());
    store
        .datasets()
        .put(
            new DatasetDocument(
                artifact,
                name,
                DatasetDocument.IMAGES,
                new DatasetContents(3, 32, 32, 1, List.of("a"), 3, 1),
                artifact,
                "folder",
                Instant.EPOCH));
  }

  private void table(String name, String csv) {
    put(name, DatasetDocument.TABLE, "accuracies", 0, 2, 0, csv.getBytes(StandardCharsets.UTF_8));
  }

  private void put(
      String name, String kind, String format, int side, int train, int test, byte[] bytes) {
    String artifact = store.artifacts().put(bytes, "dataset", Map.of("name", name));
    store
        .datasets()
        .put(
            new DatasetDocument(
                artifact,
                name,
                kind,
                new DatasetContents(3, side, side, 2, List.of("a", "b"), train, test),
                artifact,
                format,
                Instant.EPOCH));
  }

  private void check(String method, Map<String, String> sets) {
    Specification specification = SpecificationReader.read("method: " + method, sets);
    new LaunchChecks(store, List.of()).checkedData(specification);
  }

  @Test
  void imagesOfAnySizeAreTaken() {
    images("odd", 50, 3, 0, 0, 0, 1, 1, 1);
    check("te-nas", Map.of("data", "odd"));
    check("gnn-evolution", Map.of("data", "odd"));
  }

  @Test
  void tooFewImagesAreRefused() {
    images("two", 32, 1, 0, 1);
    assertThatThrownBy(() -> check("te-nas", Map.of("data", "two")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("two has too few images to train, validate and test a network");
    images("untested", 32, 0, 0, 0, 0, 1, 1);
    assertThatThrownBy(() -> check("te-nas", Map.of("data", "untested")))
        .hasMessageContaining("(5 for training and 0 for testing, in 2 classes)");
    images("least", 32, 1, 0, 0, 1);
    check("te-nas", Map.of("data", "least"));
  }

  @Test
  void tasksNeedClassesAndImagesOfEach() {
    images("pair", 32, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    assertThatThrownBy(() -> check("metad2a-database", Map.of("data", "pair")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("data: pair has 2 classes, but a task is to have 4")
        .hasMessageContaining("asks for 50 training images of each class")
        .hasMessageContaining("pair has fewer of a (3), b (6)");
    assertThatThrownBy(() ->
            check(
                "metad2a-database",
                Map.of("data", "pair", "search.classes", "2", "features.imagesPerClass", "5")))
        .hasMessageContaining("pair has fewer of a (3):");
    check(
        "metad2a-database",
        Map.of("data", "pair", "search.classes", "2", "features.imagesPerClass", "3"));
  }

  @Test
  void setsOfImagesNeedTwoClassesAndImagesOfEach() {
    images("pair", 32, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    Map<String, String> made = Map.of("data", "pair", "models.train.tasks.make.preset", "quick");
    assertThatThrownBy(() -> check("metad2a", made))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("data: search.perClass asks for 20 training images of each class")
        .hasMessageContaining("pair has fewer of a (3), b (6)");
    Map<String, String> fewer = new HashMap<>(made);
    fewer.put("search.perClass", "3");
    check("metad2a", fewer);
    single("one");
    fewer.put("data", "one");
    assertThatThrownBy(() -> check("metad2a", fewer))
        .hasMessageContaining("data: one has 1 class: sets of images are told apart by two");
  }

  @Test
  void limitsThatNoArchitectureKeepsAreRefused() {
    images("pair", 32, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    for (String data : List.of("pair", "fashion-mnist")) { // here, and to be fetched
      Map<String, String> sets = new HashMap<>(Map.of("data", data, "search.perClass", "3"));
      sets.put("models.train.tasks.make.preset", "quick");
      for (String space : List.of("nas-bench-201", "mobilenet-v3")) {
        sets.put("space", space);
        sets.put("budget.macs", "100");
        assertThatThrownBy(() -> check("metad2a", sets))
            .isInstanceOf(InvalidInput.class)
            .hasMessageContaining("budget.macs is 100, but the smallest has ")
            .hasMessageContaining(" of all architectures of %s: raise it".formatted(space));
        sets.put("budget.macs", "100000000");
        check("metad2a", sets);
      }
    }
  }

  @Test
  void whatIsMadeFirstIsCheckedLikewise() {
    images("pair", 32, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    assertThatThrownBy(() -> check("metad2a-train", Map.of("tasks.make.data", "pair")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "metad2a-database, made first: data: pair has 2 classes, but a task is to have 4")
        .hasMessageContaining("metad2a-database, made first: data: features.imagesPerClass asks");
  }

  @Test
  void whatIsNoSetOfImagesIsRefusedByItsKind() {
    put("rows", DatasetDocument.META_DATABASE, "meta-database", 0, 2, 2, new byte[] {1});
    assertThatThrownBy(() -> check("metad2a-database", Map.of("data", "rows")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("data: rows is a meta-database, not a set of images");
  }

  @Test
  void dataAndTableAreCheckedTogether() {
    images("two", 32, 1, 0, 1);
    table(
        "cells",
        "architecture,validation,test\n%s,0.9,\n%s,0.8,\n"
            .formatted(Cell.ofIndex(3), Cell.ofIndex(4)));
    Map<String, String> sets = Map.of("data", "two", "evaluation.table", "cells");
    assertThatThrownBy(() -> check("gnn-evolution", sets))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().getFirst()).startsWith("data: two has too few images");
              assertThat(e.problems().getLast())
                  .startsWith(
                      "evaluation.table: 2 of 2 architectures of cells are none of the space");
            });
  }

  @Test
  void aTableThatCannotBeReadOrIsNotThereIsRefused() {
    images("enough", 32, 2, 0, 0, 0, 1, 1);
    table("old", "architecture,validation,test\nGenotype(a, b),0.9,\n");
    assertThatThrownBy(
            () -> check("gnn-evolution", Map.of("data", "enough", "evaluation.table", "old")))
        .hasMessageContaining("what is stored as old cannot be read")
        .hasMessageContaining("import the file again");
    assertThatThrownBy(
            () -> check("gnn-evolution", Map.of("data", "enough", "evaluation.table", "none")))
        .hasMessageContaining(
            "there is no table none that gnn-evolution can use. Imported are: old.")
        .hasMessageContaining("Run: espalier data import FILE --format accuracies --name none");
  }

  @Test
  void imagesTooSmallForTheRegionsAreRefusedWithTheOptionThatMends() {
    images("tiny", 2, 3, 0, 0, 0, 1, 1, 1);
    assertThatThrownBy(
            () -> check("te-nas", Map.of("data", "tiny", "search.regions.imageSize", "3")))
        .hasMessageContaining("import them with --image-size 32");
  }

  @Test
  void tablesOfAllTrainingsAreCheckedBySpaceAndSize() {
    images("two", 32, 1, 0, 0, 1);
    put("mini", DatasetDocument.TABLE, "nas-bench-101", 0, 4, 0, new byte[] {1});
    assertThatThrownBy(() ->
            check("random", Map.of("data", "two", "evaluation.table", "mini", "space", "darts")))
        .hasMessageContaining("mini has cells of the space nas-bench-101, but darts is searched");
  }

  @Test
  void aPolicyNeedsATableThatKeepsTrainings() {
    images("two", 32, 1, 0, 0, 1);
    table("cells", "architecture,validation\n%s,0.9\n".formatted(Cell.ofIndex(3)));
    assertThatThrownBy(() ->
            check(
                "random",
                Map.of(
                    "data", "two",
                    "evaluation.table", "cells",
                    "evaluation.policy", "mean",
                    "search.architectures", "1",
                    "space", "nas-bench-201")))
        .hasMessageContaining(
            "evaluation.policy: cells has one accuracy for each architecture, so there is nothing to choose");
    assertThatThrownBy(() -> check("random", Map.of("data", "two", "evaluation.policy", "mean")))
        .hasMessageContaining("evaluation.table names none");
  }

  /** A table of all cells of NAS-Bench-201, by its format alone. */
  private void cells(String name, String format) {
    put(name, DatasetDocument.TABLE, format, 0, 15_625, 0, name.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTableNeedsNoImagesWhereNothingIsTrained() {
    cells("cells", "nas-bench-201");
    Map<String, String> sets = Map.of("evaluation.table", "cells", "data", "imagenet16-120");
    assertThat(
            new LaunchChecks(store, List.of())
                .checkedData(SpecificationReader.read("method: neural-predictor", sets)))
        .isEmpty();
    assertThatThrownBy(() -> check("neural-predictor", Map.of("data", "imagenet16-120")))
        .hasMessageContaining("data: there is no data set imagenet16-120");
  }

  @Test
  void aTableOfAnotherSpaceIsRefused() {
    cells("cells", "nas-bench-201");
    table("mine", "architecture,validation,test\n%s,0.9,\n".formatted(Cell.ofIndex(3)));
    assertThatThrownBy(() ->
            check("neural-predictor", Map.of("evaluation.table", "cells", "space", "parallel-ops")))
        .hasMessageContaining("there is no table cells that neural-predictor can use");
    assertThatThrownBy(() ->
            check("neural-predictor", Map.of("evaluation.table", "mine", "space", "parallel-ops")))
        .hasMessageContaining("1 of 1 architectures of mine are none of the space parallel-ops");
    assertThatThrownBy(() -> check("neural-predictor", Map.of("evaluation.table", "mine")))
        .hasMessageContaining(
            "split.train (172) is more than table mine has within the budget (1): set split.train to 1 at most");
  }
}
