package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code learning} reads, imported into a store. */
class ImportingTest {
  @TempDir Path folder;
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

  private Imported imported(Path path, ImportFormat format, ImportOptions options)
      throws IOException {
    return catalog.importFrom(path, format, "mine", options, line -> {});
  }

  private void picture(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(90, 80, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
  }

  @Test
  void largePicturesAreResizedOnceAndFoundByTheirDigest() throws IOException {
    for (String file : new String[] {"train/n01/1.JPEG", "train/n02/1.JPEG", "val/n02/2.JPEG"}) {
      picture("images/" + file);
    }
    Imported imported =
        imported(folder.resolve("images"), ImportFormat.FOLDER, ImportOptions.DEFAULTS);

    assertThat(imported.dataset().classNames()).containsExactly("n01", "n02");
    assertThat(imported.dataset().height()).isEqualTo(64);
    String digest = imported.dataset().digest();
    Path cached = folder.resolve("home/cache/data").resolve(digest);
    assertThat(Files.size(cached)).isBetween(3 * 3 * 64 * 64L, 3 * 3 * 64 * 64L + 500);
    Files.delete(cached);
    assertThat(DatasetCache.load(store, folder.resolve("elsewhere"), digest).digest())
        .isEqualTo(digest);
  }

  @Test
  void optionsThatWouldDoNothingAreRefusedAllAtOnce() {
    ImportOptions options =
        ImportOptions.DEFAULTS.withLevel("family").withImageSize(32).withRecordLabels(1);
    assertThatThrownBy(() -> imported(folder, ImportFormat.NATS_BENCH, options))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContainingAll(
            "--record-labels belongs to cifar10, cifar100, not to nats-bench",
            "--image-size belongs to folder, fgvc-aircraft, oxford-pets, not to nats-bench",
            "--level belongs to fgvc-aircraft, not to nats-bench");
    assertThatThrownBy(() -> ImportOptions.DEFAULTS.withImageSize(0))
        .hasMessage("--image-size must be at least 1, but was 0");
  }

  @Test
  void theOfficialNatsBenchFolderBecomesATable() throws IOException {
    Path sample =
        Path.of(System.getProperty("espalier.root", "."), "../shared/data/nats-bench-sample");
    if (!Files.exists(sample) && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(sample + " is missing, and in CI it must be there");
    }
    assumeTrue(Files.exists(sample), () -> "SKIPPED: " + sample + " is missing");

    Imported imported = imported(sample, ImportFormat.NATS_BENCH, ImportOptions.DEFAULTS);

    assertThat(imported.dataset().kind()).isEqualTo(DatasetDocument.TABLE);
    assertThat(imported.sentence())
        .startsWith("mine: 3 of 15,625 cells, the others unknown, from ");
    AccuracyTable table = DatasetCache.loadTable(store, imported.dataset().digest());
    assertThat(table.accuracy(Cell.ofIndex(11), "cifar10_test_200ep")).isPresent();
    assertThat(table.measured()).isEqualTo(3);
    assertThat(catalog.verify("mine").sound()).isTrue();
  }

  @Test
  void namesThatNoSpecificationCanNameAreRefused() throws IOException {
    picture("images/a/1.jpg");
    for (String name : List.of("MineX", "my.data", "-x", "x".repeat(64))) {
      assertThatThrownBy(() ->
              catalog.importFrom(
                  folder.resolve("images"),
                  ImportFormat.FOLDER,
                  name,
                  ImportOptions.DEFAULTS,
                  line -> {}))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("--name %s will not do".formatted(name));
    }
  }

  @Test
  void aTableOfAKnownSpaceIsStoredAsTheSpaceWritesIt() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("in.csv"),
            "architecture,validation\n%s,91\n%s,90\n".formatted(Cell.ofIndex(7), Cell.ofIndex(9)));
    Imported imported = imported(csv, ImportFormat.ACCURACIES, ImportOptions.DEFAULTS);
    assertThat(imported.remarks())
        .anyMatch(each -> each.contains("accuracies of 2 architectures of nas-bench-201"));
    assertThat(catalog.verify("mine").sound()).isTrue();

    Files.writeString(csv, "architecture,validation\n%s,91\n|a~0|,90\n".formatted(Cell.ofIndex(7)));
    assertThatThrownBy(() -> imported(csv, ImportFormat.ACCURACIES, ImportOptions.DEFAULTS))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("looks like a table of nas-bench-201, but |a~0| is none");
  }

  @Test
  void whatIsNoFolderIsCalledWhatItIs() throws IOException {
    Path archive = Files.write(folder.resolve("x.tar.gz"), new byte[] {0x50, 0x4b, 3, 4, 0, 0});
    assertThatThrownBy(() -> imported(archive, ImportFormat.FOLDER, ImportOptions.DEFAULTS))
        .hasMessageContaining("x.tar.gz is not a folder, but a zip archive: unpack it, and give");
    Path link = Files.createSymbolicLink(folder.resolve("l"), Path.of("gone"));
    assertThatThrownBy(() -> imported(link, ImportFormat.IDX, ImportOptions.DEFAULTS))
        .hasMessageContaining("is a link to gone, which is not there");
  }
}
