package dev.espalier.activities.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.data.Source.Downloads;
import dev.espalier.activities.data.Source.WebArchives;
import dev.espalier.activities.data.Source.WebFiles;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Thread.State;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives with folders in them, from a web server that misbehaves. */
class FetchingTest {
  @TempDir Path folder;
  private EmbeddedStore embedded;
  private Store store;
  private FileServer server;
  private final List<String> progress = new ArrayList<>();

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

  private Path downloads() {
    return folder.resolve("home/cache/downloads");
  }

  private DataCatalog catalog(KnownDataset known) {
    Downloads downloads =
        new Downloads(
            new HttpDownload(Duration.ofSeconds(10), Duration.ZERO),
            new AptGet(List.of("no-such-apt"), Duration.ofSeconds(20)));
    return new DataCatalog(
        store, folder.resolve("home"), List.of(known), downloads, InstantSource.system());
  }

  private static byte[] picture(int grey) throws IOException {
    BufferedImage image = new BufferedImage(100, 90, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 90 * 100; i++) {
      image.setRGB(i % 100, i / 100, grey * 0x010101);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  private static SequencedMap<String, byte[]> images() throws IOException {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("./images/Beagle_1.jpg", picture(50));
    files.put("./images/Beagle_2.jpg", picture(100));
    files.put("./images/pug_1.jpg", picture(150));
    return files;
  }

  private static SequencedMap<String, byte[]> annotations() {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "annotations/trainval.txt",
        "Beagle_1 1 2 1\npug_1 2 2 2\n".getBytes(StandardCharsets.UTF_8));
    files.put("annotations/test.txt", "Beagle_2 1 2 1\n".getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private RemoteFile serve(String path, byte[] content) {
    server.with(path, content);
    return RemoteFile.of(server.uri(path), FileDigest.sha256(Digest.sha256(content)));
  }

  private static KnownDataset pets(Source... sources) {
    return new KnownDataset(
        "pets",
        "some pets",
        List.of(sources),
        ImportFormat.OXFORD_PETS,
        ImportOptions.DEFAULTS,
        Optional.empty(),
        Optional.empty());
  }

  private WebArchives petArchives() throws IOException {
    return new WebArchives(
        List.of(
            serve("/pets/images.tar.gz", Archives.gzip(Archives.tar(images()))),
            serve("/pets/annotations.zip", Archives.zip(annotations()))),
        Optional.empty());
  }

  private Imported fetch(KnownDataset known) throws IOException {
    return catalog(known).fetch(known.name(), progress::add);
  }

  @Test
  void severalArchivesMakeOneDataSetAtTheAskedSize() throws IOException {
    KnownDataset known = pets(petArchives());

    Imported usual = fetch(known);
    Imported small = catalog(known).fetch("pets", OptionalInt.of(16), progress::add);

    assertThat(usual.dataset().width()).isEqualTo(64);
    assertThat(usual.dataset().classNames()).containsExactly("Beagle", "pug");
    assertThat(usual.dataset().train()).isEqualTo(2);
    assertThat(usual.dataset().test()).isEqualTo(1);
    assertThat(usual.dataset().format()).isEqualTo("oxford-pets");
    assertThat(small.dataset().width()).isEqualTo(16);
    assertThat(small.replaced()).contains(usual.dataset().digest());
    assertThat(downloads().resolve("pets")).doesNotExist();
    assertThat(progress).contains("unpacking images.tar.gz", "unpacking annotations.zip");
  }

  @Test
  void aCutConnectionIsContinuedInTheMiddleOfAnArchive() throws IOException {
    WebArchives source = petArchives();
    server.cutAfter(100, 50);

    assertThat(fetch(pets(source)).dataset().train()).isEqualTo(2);

    assertThat(server.requests)
        .startsWith(
            "/pets/images.tar.gz",
            "/pets/images.tar.gz bytes=100-",
            "/pets/images.tar.gz bytes=150-");
  }

  @Test
  void theNextSourceIsTriedWhereOneIsGoneOneHasAnotherFileAndOneIsCutShort() throws IOException {
    WebArchives good = petArchives();
    WebArchives gone =
        new WebArchives(
            List.of(RemoteFile.of(server.uri("/gone/images.tar.gz"), FileDigest.md5("00"))),
            Optional.empty());
    byte[] page = "<html>not now</html>".getBytes(StandardCharsets.UTF_8);
    server.with("/busy/images.tar.gz", page);
    RemoteFile busy =
        new RemoteFile(
            RemoteFile.of(server.uri("/busy/images.tar.gz"), FileDigest.md5("00")).uri(),
            "images.tar.gz",
            FileDigest.md5("00"),
            OptionalLong.of(791_918_971));
    byte[] cut = Archives.gzip(Archives.tar(images()));
    byte[] half = java.util.Arrays.copyOf(cut, cut.length / 2);
    RemoteFile truncated =
        new RemoteFile(
            RemoteFile.of(server.uri("/half/images.tar.gz"), FileDigest.md5("00")).uri(),
            "images.tar.gz",
            FileDigest.sha256(Digest.sha256(cut)),
            OptionalLong.empty());
    server.with("/half/images.tar.gz", half);

    Imported imported =
        fetch(
            pets(
                gone,
                new WebArchives(List.of(busy), Optional.empty()),
                new WebArchives(List.of(truncated), Optional.empty()),
                good));

    assertThat(imported.source()).endsWith("/pets/images.tar.gz");
    assertThat(progress)
        .anyMatch(line -> line.endsWith("/gone/images.tar.gz: the server answered 404"))
        .anyMatch(line ->
            line.endsWith("the server offers 20 bytes, expected 791,918,971: it is another file"))
        .anyMatch(line ->
            line.contains("/half/images.tar.gz has the digest SHA-256 ")
                && line.contains("(%,d bytes), expected SHA-256".formatted(half.length)));
  }

  @Test
  void whatCameIsKeptWhereItCannotBeReadAndNotDownloadedAgain() throws IOException {
    SequencedMap<String, byte[]> images = images();
    images.put("./images/pug_1.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
    WebArchives source =
        new WebArchives(
            List.of(
                serve("/pets/images.tar.gz", Archives.gzip(Archives.tar(images))),
                serve("/pets/annotations.zip", Archives.zip(annotations()))),
            Optional.empty());

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> fetch(pets(source)))
          .isInstanceOf(Lost.class)
          .hasMessageContaining("pug_1.jpg (10 bytes) is neither PNG nor JPEG nor GIF")
          .hasMessageContaining("What came is kept in " + downloads().resolve("pets"))
          .hasMessageEndingWith("espalier data import PATH --format oxford-pets --name pets");
    }
    assertThat(server.requests).containsExactly("/pets/images.tar.gz", "/pets/annotations.zip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../escaped.txt", "images/../../../../escaped.txt"})
  void anArchiveThatLeadsElsewhereWritesNothingThere(String name) throws IOException {
    SequencedMap<String, byte[]> images = new LinkedHashMap<>();
    images.put(name, new byte[] {1});
    WebArchives source =
        new WebArchives(
            List.of(serve("/pets/images.tar.gz", Archives.gzip(Archives.tar(images)))),
            Optional.empty());

    assertThatThrownBy(() -> fetch(pets(source)))
        .isInstanceOf(Lost.class)
        .hasMessageContaining("images.tar.gz")
        .hasMessageContaining("leads elsewhere: it is not unpacked");
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.map(file -> file.getFileName().toString())).doesNotContain("escaped.txt");
    }
  }

  @Test
  void filesMayBeCalledOtherwiseThanTheirAddress() throws IOException {
    byte[] archive = Archives.tar(images());
    server.with("/download", archive);
    RemoteFile named =
        new RemoteFile(
            RemoteFile.of(server.uri("/download"), FileDigest.md5("")).uri(),
            "images.tar",
            FileDigest.sha256(Digest.sha256(archive)),
            OptionalLong.of(archive.length));
    WebArchives source =
        new WebArchives(
            List.of(named, serve("/annotations.zip", Archives.zip(annotations()))),
            Optional.empty());
    assertThat(fetch(pets(source)).dataset().train()).isEqualTo(2);
  }

  @Test
  void whatOnlyAPersonCanGetSaysHow() {
    KnownDataset known =
        new KnownDataset(
            "imagenet16-120",
            "small",
            List.of(),
            ImportFormat.IMAGENET16,
            ImportOptions.DEFAULTS,
            Optional.empty(),
            Optional.of("sign in and take it"));
    assertThatThrownBy(() -> fetch(known))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "imagenet16-120 cannot be fetched by a program: sign in and take it. Then: "
                + "espalier data import PATH --format imagenet16 --name imagenet16-120");
  }

  @Test
  void anImageSizeIsRefusedWhereImagesHaveOne() throws IOException {
    KnownDataset known =
        new KnownDataset(
            "digits",
            "digits",
            List.of(new WebFiles(List.of(serve("/a.mat", new byte[1])))),
            ImportFormat.SVHN,
            ImportOptions.DEFAULTS,
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> catalog(known).fetch("digits", OptionalInt.of(16), progress::add))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("--image-size belongs to folder, fgvc-aircraft, oxford-pets, not to svhn");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void tellsHowFarALargeDownloadIs() throws IOException {
    byte[] large = new byte[9_500_000];
    RemoteFile file = serve("/large.bin", large);
    server.cutAfter(5_000_000);

    new HttpDownload(Duration.ofSeconds(10), Duration.ZERO).fetch(file, folder, progress::add);

    assertThat(progress)
        .anyMatch(line -> line.startsWith("large.bin: 4 of 9 MB (44 %)"))
        .anyMatch(line -> line.startsWith("large.bin: 9 of 9 MB (9"));
  }

  @Test
  void twoExperimentsThatWantTheSameDataFetchItOnce() throws Exception {
    KnownDataset known = pets(petArchives());
    FutureTask<DatasetDocument> one =
        new FutureTask<>(() -> catalog(known).onDemand().fetch("pets", line -> {}));
    FutureTask<DatasetDocument> two =
        new FutureTask<>(() -> catalog(known).onDemand().fetch("pets", line -> {}));
    try (FetchTurn _ = FetchTurn.take(downloads(), "pets", progress::add)) {
      Thread first = Thread.ofPlatform().daemon().start(one);
      Thread second = Thread.ofPlatform().daemon().start(two);
      awaitWaiting(first); // both have seen that it is not here
      awaitWaiting(second);
    }
    assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(two.get(60, TimeUnit.SECONDS));
    assertThat(server.requests).containsExactly("/pets/images.tar.gz", "/pets/annotations.zip");
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != State.WAITING && thread.getState() != State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoeverFetchesLaterWaitsAndSaysSo() throws Exception {
    KnownDataset known = pets(petArchives());
    DataCatalog catalog = catalog(known);
    CompletableFuture<String> waiting = new CompletableFuture<>();
    CompletableFuture<Imported> fetched;
    try (FetchTurn _ = FetchTurn.take(downloads(), "pets", progress::add)) {
      fetched =
          CompletableFuture.supplyAsync(() -> {
            try {
              return catalog.fetch("pets", waiting::complete);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertThat(waiting.get(60, TimeUnit.SECONDS))
          .isEqualTo("pets is being fetched already: waiting for that");
      assertThat(server.requests).isEmpty();
      try (FileChannel lock =
          FileChannel.open(downloads().resolve("pets.lock"), StandardOpenOption.WRITE)) {
        // other processes see it too: the file itself is locked
        assertThatThrownBy(lock::tryLock).isInstanceOf(OverlappingFileLockException.class);
      }
    }
    assertThat(fetched.get(60, TimeUnit.SECONDS).dataset().train()).isEqualTo(2);
  }
}
