package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.espalier.activities.data.Source.DebianPackage;
import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.activities.data.Source.WebArchives;
import dev.espalier.activities.data.Source.WebFiles;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCatalogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private EmbeddedStore embedded;
  private Store store;
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    embedded.close();
  }

  private Path home() {
    return folder.resolve("home");
  }

  private DataCatalog catalog(KnownDataset... known) throws IOException {
    Path apt = Files.writeString(folder.resolve("fake-apt"), "echo 'E: no such package'; exit 100");
    Downloads downloads =
        new Downloads(
            new HttpDownload(Duration.ofSeconds(10), Duration.ZERO),
            new AptGet(List.of("sh", apt.toString()), Duration.ofSeconds(20)));
    return new DataCatalog(store, home(), List.of(known), downloads, InstantSource.fixed(NOW));
  }

  private static byte[] idxImages(int count, int shade) {
    ByteBuffer file =
        ByteBuffer.allocate(16 + count * 16).putInt(0x803).putInt(count).putInt(4).putInt(4);
    while (file.hasRemaining()) {
      file.put((byte) (file.position() * shade));
    }
    return gzip(file.array());
  }

  private static byte[] idxLabels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 5));
    }
    return gzip(file.array());
  }

  private static byte[] gzip(byte[] bytes) {
    try {
      return Archives.gzip(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SequencedMap<String, byte[]> digits() {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("train-images-idx3-ubyte.gz", idxImages(20, 3));
    files.put("train-labels-idx1-ubyte.gz", idxLabels(20));
    files.put("t10k-images-idx3-ubyte.gz", idxImages(10, 5));
    files.put("t10k-labels-idx1-ubyte.gz", idxLabels(10));
    return files;
  }

  private Source onTheWeb(SequencedMap<String, byte[]> files) {
    files.forEach((name, content) -> server.with("/idx/" + name, content));
    return new WebFiles(
        files.entrySet().stream()
            .map(file ->
                RemoteFile.of(
                    server.uri("/idx/" + file.getKey()),
                    FileDigest.sha256(Digest.sha256(file.getValue()))))
            .toList());
  }

  private static KnownDataset digits(Optional<String> digest, Source... sources) {
    return new KnownDataset(
        "digits",
        "ten digits",
        List.of(sources),
        ImportFormat.IDX,
        ImportOptions.DEFAULTS,
        digest,
        Optional.empty());
  }

  private Path write(String name, SequencedMap<String, byte[]> files) throws IOException {
    Path into = Files.createDirectories(folder.resolve(name));
    files.forEach((file, content) -> {
      try {
        Files.write(into.resolve(file), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return into;
  }

  @Test
  void fetchTriesTheSourcesInOrderAndStoresTheData() throws IOException {
    DataCatalog catalog =
        catalog(digits(Optional.empty(), new DebianPackage("digits", ".gz"), onTheWeb(digits())));
    server.cutAfter(50);

    Imported imported = catalog.fetch("digits", line -> {});

    assertThat(imported.dataset())
        .isEqualTo(
            new DatasetDocument(
                imported.dataset().digest(),
                "digits",
                "images",
                new DatasetContents(1, 4, 4, 5, List.of("0", "1", "2", "3", "4"), 20, 10),
                imported.dataset().digest(),
                "idx",
                NOW));
    assertThat(imported.source()).startsWith("http://127.0.0.1:").endsWith("/idx/");
    assertThat(imported.sentence())
        .startsWith("digits: 20 train and 10 test images of 1 x 4 x 4, 5 classes, from http");
    assertThat(store.datasets().byName("digits")).contains(imported.dataset());
    assertThat(home().resolve("cache/downloads/digits")).doesNotExist();
    assertThat(catalog.verify("digits").sound()).isTrue();
  }

  @Test
  void aDebianPackageAndTheWebGiveTheSameData() throws IOException {
    Path deb =
        Files.write(folder.resolve("digits_1_all.deb"), Archives.deb(digits(), "data.tar.xz"));
    Path apt = Files.writeString(folder.resolve("fake-apt"), "cp %s .".formatted(deb));
    AptGet copying = new AptGet(List.of("sh", apt.toString()), Duration.ofSeconds(20));
    DataCatalog debian =
        new DataCatalog(
            store,
            home(),
            List.of(digits(Optional.empty(), new DebianPackage("digits", "-ubyte.gz"))),
            new Downloads(new HttpDownload(Duration.ofSeconds(10), Duration.ZERO), copying),
            InstantSource.fixed(NOW));

    String digest = debian.fetch("digits", line -> {}).dataset().digest();

    assertThat(
            catalog(digits(Optional.of(digest), onTheWeb(digits())))
                .fetch("digits", line -> {})
                .replaced())
        .isEmpty();
  }

  @Test
  void fetchTellsOfEverySourceThatFailed() throws IOException {
    WebFiles wrong =
        new WebFiles(
            List.of(
                RemoteFile.of(
                    server.uri("/idx/train-images-idx3-ubyte.gz"), FileDigest.md5("00"))));
    onTheWeb(digits());
    WebFiles absent =
        new WebFiles(List.of(RemoteFile.of(server.uri("/gone/x.gz"), FileDigest.md5("00"))));
    DataCatalog catalog =
        catalog(digits(Optional.empty(), new DebianPackage("digits", ".gz"), wrong, absent));

    assertThatThrownBy(() -> catalog.fetch("digits", line -> {}))
        .isInstanceOf(Lost.class)
        .hasMessageStartingWith(
            "digits could not be fetched:\n  Debian package digits: apt-get update ended with 100")
        .hasMessageContaining("expected MD5 00")
        .hasMessageContaining("the server answered 404")
        .hasMessageNotContaining("is kept in") // of a file with a wrong digest nothing is
        .hasMessageEndingWith(
            "Give it by hand: espalier data import PATH --format idx --name digits");
    assertThat(store.datasets().list()).isEmpty();
  }

  @Test
  void aFailedFetchLosesNothingThatCame() throws IOException {
    SequencedMap<String, byte[]> files = digits();
    Source source = onTheWeb(files);
    server.remove("/idx/t10k-labels-idx1-ubyte.gz");
    DataCatalog catalog = catalog(digits(Optional.empty(), source));
    assertThatThrownBy(() -> catalog.fetch("digits", line -> {}))
        .isInstanceOf(Lost.class)
        .hasMessageContaining("What came is kept in " + home().resolve("cache/downloads/digits"));
    onTheWeb(files);
    server.requests.clear();

    catalog.fetch("digits", line -> {});

    assertThat(server.requests).containsExactly("/idx/t10k-labels-idx1-ubyte.gz");
  }

  @Test
  void fetchRefusesOtherDataThanIsKnown() throws IOException {
    DataCatalog catalog = catalog(digits(Optional.of("abc"), onTheWeb(digits())));
    assertThatThrownBy(() -> catalog.fetch("digits", line -> {}))
        .isInstanceOf(Lost.class)
        .hasMessageContaining("expected abc");
  }

  @Test
  void fetchUnpacksAnArchive() throws IOException {
    SequencedMap<String, byte[]> batches = new LinkedHashMap<>();
    batches.put("cifar-10-batches-bin/data_batch_1.bin", new byte[3073 * 2]);
    batches.put("cifar-10-batches-bin/test_batch.bin", new byte[3073]);
    batches.put("cifar-10-batches-bin/readme.html", new byte[1]);
    byte[] archive = Archives.gzip(Archives.tar(batches));
    server.with("/cifar.tar.gz", archive);
    KnownDataset known =
        new KnownDataset(
            "little",
            "two",
            List.of(
                new WebArchives(
                    List.of(
                        RemoteFile.of(
                            server.uri("/cifar.tar.gz"),
                            FileDigest.sha256(Digest.sha256(archive)))),
                    Optional.of(".bin"))),
            ImportFormat.CIFAR10,
            ImportOptions.DEFAULTS,
            Optional.empty(),
            Optional.empty());

    assertThat(catalog(known).fetch("little", line -> {}).dataset().train()).isEqualTo(2);
  }

  @Test
  void unknownNamesGetAProposal() throws IOException {
    DataCatalog catalog = catalog(digits(Optional.empty(), onTheWeb(digits())));
    assertThatThrownBy(() -> catalog.fetch("digit", line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "digit cannot be fetched by name: allowed are digits. Did you mean digits? Own data: espalier data import");
    assertThatThrownBy(() -> catalog.verify("digits"))
        .hasMessage("data set digits is not here yet. Run: espalier data fetch digits");
    assertThatThrownBy(() -> catalog.named("digts"))
        .hasMessage(
            "no data set is called digts. Did you mean digits? Here are: none. Can be fetched: digits.");
  }

  @Test
  void fetchOnDemandTakesWhatIsThere() throws IOException {
    DataCatalog catalog = catalog(digits(Optional.empty(), onTheWeb(digits())));
    DatasetDocument first = catalog.onDemand().fetch("digits", line -> {});
    int asked = server.requests.size();
    assertThat(catalog.onDemand().fetch("digits", line -> {})).isEqualTo(first);
    assertThat(server.requests).hasSize(asked);
  }

  @Test
  void importingANameAgainMeansTheNewest() throws IOException {
    DataCatalog catalog = catalog();
    Path first = write("first", digits());
    SequencedMap<String, byte[]> other = digits();
    other.put("t10k-images-idx3-ubyte.gz", idxImages(10, 7));
    Path second = write("second", other);

    Imported one =
        catalog.importFrom(first, ImportFormat.IDX, "mine", ImportOptions.DEFAULTS, line -> {});
    Imported again =
        catalog.importFrom(first, ImportFormat.IDX, "mine", ImportOptions.DEFAULTS, line -> {});
    Imported two =
        catalog.importFrom(second, ImportFormat.IDX, "mine", ImportOptions.DEFAULTS, line -> {});

    assertThat(again.replaced()).isEmpty();
    assertThat(two.replaced()).contains(one.dataset().digest());
    assertThat(two.sentence())
        .contains("The name meant other data before (" + one.dataset().digest() + ")");
    assertThat(catalog.named("mine").digest()).isEqualTo(two.dataset().digest());
    assertThat(store.datasets().byDigest(one.dataset().digest())).isPresent();
  }

  @Test
  void aFolderIsCalledAfterItselfUnlessItsImagesOrItsNameAreKnown() throws IOException {
    DataCatalog catalog = catalog();
    Path first = write("My digits", digits());
    SequencedMap<String, byte[]> other = digits();
    other.put("t10k-images-idx3-ubyte.gz", idxImages(10, 7));
    Path second = write("my_digits", other);

    assertThat(catalog.knows("my-digits")).isFalse();
    DatasetDocument one = catalog.adopt(first, line -> {}).dataset();
    DatasetDocument two = catalog.adopt(second, line -> {}).dataset();

    assertThat(one.name()).isEqualTo("my-digits");
    assertThat(one.format()).isEqualTo("idx");
    assertThat(catalog.knows("my-digits")).isTrue();
    assertThat(two.name()).isEqualTo("my-digits-" + two.digest().substring(0, 8));
    assertThat(catalog.adopt(first, line -> {}).dataset().name()).isEqualTo("my-digits");
    assertThat(catalog.adopt(second, line -> {}).dataset().name()).isEqualTo(two.name());
    assertThat(catalog.named("my-digits").digest()).isEqualTo(one.digest());
  }

  @Test
  void importSaysWhatIsWrong() throws IOException {
    DataCatalog catalog = catalog();
    Path path = write("data", digits());
    assertThatThrownBy(() ->
            catalog.importFrom(
                path, ImportFormat.IDX, "my data", ImportOptions.DEFAULTS, line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("--name my data will not do");
    ImportOptions labels = ImportOptions.DEFAULTS.withRecordLabels(1);
    assertThatThrownBy(() -> catalog.importFrom(path, ImportFormat.IDX, "mine", labels, line -> {}))
        .hasMessageContaining("--record-labels belongs to cifar10, cifar100, not to idx");
    assertThatThrownBy(() ->
            catalog.importFrom(
                path, ImportFormat.CIFAR10, "mine", ImportOptions.DEFAULTS, line -> {}))
        .hasMessageContaining("no train*.bin or data_batch*.bin");
    assertThatThrownBy(() ->
            catalog.importFrom(
                path, ImportFormat.NAS_BENCH_201, "mine", ImportOptions.DEFAULTS, line -> {}))
        .hasMessageContaining("holds 0 files *accuracies.csv[.gz]");
    assertThatThrownBy(() -> ImportFormat.parse("cifar-10"))
        .hasMessage(
            "--format cifar-10 is not known: allowed are cifar10, cifar100, idx, svhn, imagenet16, folder, "
                + "fgvc-aircraft, oxford-pets, nas-bench-201, nats-bench, nas-bench-101, accuracies, "
                + "meta-database, features, latencies. "
                + "Did you mean cifar10?");
    assertThat(store.datasets().list()).isEmpty();
  }

  @Test
  void importsTheRealAccuracyTable() throws IOException {
    Path file = shared("data/nasbench201/nasbench201_accuracies.csv.gz");
    DataCatalog catalog = catalog();
    Imported imported =
        catalog.importFrom(
            file, ImportFormat.NAS_BENCH_201, "nb201", ImportOptions.DEFAULTS, line -> {});

    assertThat(imported.dataset().kind()).isEqualTo(DatasetDocument.TABLE);
    assertThat(imported.sentence()).startsWith("nb201: 15,625 cells, from ");
    assertThat(catalog.verify("nb201").sound()).isTrue();
    assertThat(DatasetCache.loadTable(store, imported.dataset().digest()).size()).isEqualTo(15_625);
    assertThatThrownBy(() -> DatasetCache.load(store, home(), imported.dataset().digest()))
        .hasMessageContaining("is a table of accuracies");
  }

  @Test
  void importsTheRealCifar100Sample() throws IOException {
    Path file = shared("data/cifar100-subset/eval_500.bin");
    ImportOptions options = ImportOptions.DEFAULTS.withRecordLabels(1).withSeed(3);
    Imported imported =
        catalog().importFrom(file, ImportFormat.CIFAR100, "cifar100-mini", options, line -> {});
    assertThat(imported.dataset().train()).isEqualTo(400);
    assertThat(imported.dataset().classes()).isEqualTo(100);
  }

  private static Path shared(String path) {
    Path file = Path.of(System.getProperty("espalier.root", "."), "../shared", path).normalize();
    if (!Files.exists(file) && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(file + " is missing, and in CI it must be there");
    }
    assumeTrue(Files.exists(file), () -> "SKIPPED: " + file + " is missing");
    return file;
  }

  @Test
  void verifyTellsOfDamage() throws IOException {
    DataCatalog catalog = catalog();
    Imported imported =
        catalog.importFrom(
            write("data", digits()), ImportFormat.IDX, "mine", ImportOptions.DEFAULTS, line -> {});
    damage(imported.dataset().artifact());

    Verification verification = catalog.verify("mine");

    assertThat(verification.sound()).isFalse();
    assertThat(verification.sentence()).startsWith("mine is damaged: ").contains("import it again");
    catalog.importFrom(
        write("data", digits()), ImportFormat.IDX, "mine", ImportOptions.DEFAULTS, line -> {});
    assertThat(catalog.verify("mine").sound()).isTrue();
  }

  private void damage(String artifact) {
    try (MongoClient client = MongoClients.create(embedded.uri())) {
      client
          .getDatabase("espalier")
          .getCollection("chunks")
          .updateOne(
              new Document("_id", artifact + "/0"),
              new Document("$set", new Document("data", new Binary(new byte[10]))));
    }
  }

  @Test
  void theCacheFetchesOnceAndAgainWhatIsDamaged() throws IOException {
    Imported imported =
        catalog()
            .importFrom(
                write("data", digits()),
                ImportFormat.IDX,
                "mine",
                ImportOptions.DEFAULTS,
                line -> {});
    String digest = imported.dataset().digest();
    Path elsewhere = folder.resolve("other-machine/cache");

    ImageDataset loaded = DatasetCache.load(store, elsewhere, digest);
    assertThat(loaded.digest()).isEqualTo(digest);
    assertThat(loaded.name()).isEqualTo("mine");

    Path file = elsewhere.resolve(digest);
    byte[] sound = Files.readAllBytes(file);
    for (byte[] bytes :
        List.of(new byte[0], Arrays.copyOf(sound, sound.length - 1), flipped(sound))) {
      Files.write(file, bytes);
      assertThat(DatasetCache.load(store, elsewhere, digest).digest()).isEqualTo(digest);
      assertThat(file).hasBinaryContent(sound);
    }
    damage(imported.dataset().artifact());
    assertThat(DatasetCache.load(store, elsewhere, digest).digest())
        .isEqualTo(digest); // the copy is sound
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theCacheSaysWhatIsNotThere() {
    assertThatThrownBy(() -> DatasetCache.load(store, folder, "abc"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("no data set with digest abc is in the store");
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[changed.length - 3] ^= 1;
    return changed;
  }
}
