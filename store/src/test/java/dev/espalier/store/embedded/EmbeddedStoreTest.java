package dev.espalier.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Event;
import dev.espalier.store.Measurement;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("store/espalier.h2");
  }

  @Test
  void whatWasAcknowledgedSurvivesTheKillingOfTheProcessEachTime() throws IOException {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      try (StoreProcess process = StoreProcess.start(file(), 0, 4)) {
        acknowledged.addAll(process.acknowledged(150));
        acknowledged.addAll(process.kill());
      }
    }
    Map<String, List<Integer>> byWriter =
        acknowledged.stream()
            .map(write -> write.split("/"))
            .collect(
                Collectors.groupingBy(
                    write -> write[0],
                    Collectors.mapping(write -> Integer.valueOf(write[1]), Collectors.toList())));

    assertThat(byWriter).hasSize(8);
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      byWriter.forEach((writer, numbers) -> assertAllThere(store, writer, numbers));
    }
  }

  @Test
  void aCopyGetsAnIdentityOfItsOwnAndWhatWasMovedOrRestoredKeepsIts() throws IOException {
    String original = identityOf(file());
    Path copy = Files.createDirectories(folder.resolve("copy")).resolve("espalier.h2");
    Files.copy(file(), copy);
    String copied = identityOf(copy);
    assertThat(copied).isNotEqualTo(original);
    assertThat(identityOf(copy)).isEqualTo(copied);

    Path moved = Files.createDirectories(folder.resolve("moved")).resolve("espalier.h2");
    Files.move(file(), moved);
    assertThat(identityOf(moved)).isEqualTo(original);

    Path backup = Files.copy(moved, folder.resolve("backup.h2"));
    Files.delete(moved);
    Files.copy(backup, moved);
    assertThat(identityOf(moved)).isEqualTo(original);
  }

  private static String identityOf(Path file) {
    try (EmbeddedStore server = EmbeddedStore.open(file, 0);
        Store store = Store.connect(server.uri())) {
      return store.identity();
    }
  }

  private static void assertAllThere(Store store, String writer, List<Integer> acknowledged) {
    List<Event> events = store.events().list(writer);
    List<String> keys = events.stream().map(Event::key).toList();
    List<Integer> rounds =
        store.measurements().list(writer).stream().map(Measurement::round).toList();

    assertThat(acknowledged)
        .allSatisfy(number -> {
          switch (number % 3) {
            case 0 -> assertThat(rounds).contains(number);
            case 1 -> assertThat(keys).contains("key/" + number);
            default -> {
              byte[] bytes = StoreProcess.artifact(writer, number);
              assertThat(store.artifacts().get(Digest.sha256(bytes))).isEqualTo(bytes);
            }
          }
        });
    assertThat(events)
        .extracting(Event::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  @Test
  void aFileThatAnotherProcessHoldsIsRefusedWithItsIdAndAddress() throws IOException {
    try (StoreProcess process = StoreProcess.start(file(), 0, 0)) {
      assertThatExceptionOfType(Locked.class)
          .isThrownBy(() -> EmbeddedStore.open(file(), 0))
          .withMessageContaining("process " + process.pid())
          .withMessageContaining(Store.withoutPassword(process.uri()))
          .satisfies(locked ->
              assertThat(locked.holder())
                  .contains(new Holder(process.pid(), Store.withoutPassword(process.uri()))));
      process.kill();
      EmbeddedStore.open(file(), 0).close();
    }
  }

  @Test
  void aFileIsNotOpenedTwiceByOneProcess() {
    try (EmbeddedStore first = EmbeddedStore.open(file(), 0)) {
      assertThatExceptionOfType(Locked.class)
          .isThrownBy(() -> EmbeddedStore.open(file(), 0))
          .withMessageContaining(Store.withoutPassword(first.uri()));
    }
  }

  @Test
  void aStoreThatIsKilledShowsAsLostAndIsFoundAgainAtItsPort() throws IOException {
    StoreProcess first = StoreProcess.start(file(), 0, 0);
    try (Store store = Store.connect(first.uri())) {
      store.measurements().record("k", 1, "ntk", "1");
      first.kill();

      assertThatExceptionOfType(Lost.class)
          .isThrownBy(() -> store.measurements().record("k", 2, "ntk", "2"))
          .withMessageContaining("127.0.0.1:" + first.port());

      try (StoreProcess second = StoreProcess.start(file(), first.port(), 0)) {
        assertThat(second.port()).isEqualTo(first.port());
        assertThat(store.measurements().find("k", 1, "ntk")).contains("1");
        assertThat(store.measurements().record("k", 2, "ntk", "2")).isEqualTo(Recorded.NEW);
      }
    }
  }

  @Test
  void aWriteThatFailsIsLostWithTheReasonAndTheStoreGoesOnWhenThereIsRoom()
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/prlimit")), "SKIPPED: there is no prlimit here");
    List<String> limited = List.of("/usr/bin/prlimit", "--fsize=" + (2 << 20) + ":unlimited", "--");
    try (StoreProcess process = StoreProcess.start(limited, file(), 0, 0);
        Store store = Store.connect(process.uri())) {
      String value = "\"" + "x".repeat(100_000) + "\"";
      List<Integer> acknowledged = new ArrayList<>();

      assertThatExceptionOfType(Lost.class)
          .isThrownBy(() -> {
            for (int round = 0; round < 100; round++) {
              store.measurements().record("k", round, "big", value);
              acknowledged.add(round);
            }
          })
          .withMessageContaining(file().toString())
          .withMessageContaining("bytes are free");
      assertThat(acknowledged).isNotEmpty();
      assertThat(acknowledged)
          .allSatisfy(
              round -> assertThat(store.measurements().find("k", round, "big")).contains(value));

      new ProcessBuilder("/usr/bin/prlimit", "--pid=" + process.pid(), "--fsize=unlimited")
          .start()
          .waitFor();
      assertThat(store.measurements().record("k", 100, "big", value)).isEqualTo(Recorded.NEW);
    }
  }

  @Test
  void whereLittleIsFreeWritesAreRefusedWithThePathAndReadsGoOn() {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      store.measurements().record("k", 1, "ntk", "1");
    }

    try (EmbeddedStore server = EmbeddedStore.open(file(), 0, Long.MAX_VALUE);
        Store store = Store.connect(server.uri())) {
      assertThatExceptionOfType(Lost.class)
          .isThrownBy(() -> store.measurements().record("k", 2, "ntk", "2"))
          .withMessageContaining("MB are free on the disk of " + file())
          .withMessageEndingWith("MB are needed: make room there");
      assertThat(store.measurements().find("k", 1, "ntk")).contains("1");
    }
  }

  @Test
  void anArtifactThatTheDiskCannotHoldIsNotBegun() throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(512L << 20);
    }
    long free = folder.toFile().getUsableSpace();
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0, free - (256L << 20));
        Store store = Store.connect(server.uri())) {
      assertThat(store.measurements().record("k", 1, "ntk", "1")).isEqualTo(Recorded.NEW);

      assertThatExceptionOfType(DiskFull.class)
          .isThrownBy(() -> store.artifacts().put(large, "weights", Map.of()))
          .withMessageNotContaining("14031");
      assertThat(file().toFile().length()).isLessThan(4 << 20);
    }
  }

  @Test
  void itAnswersOnTheLoopbackAddressOnly() throws IOException {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0)) {
      int port = java.net.URI.create(server.uri()).getPort();
      assertThat(Store.withoutPassword(server.uri()))
          .isEqualTo("mongodb://127.0.0.1:%d/espalier".formatted(port));
      List<InetAddress> others =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
              .toList();
      for (InetAddress other : others) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(other, port), 1_000);
              }
            });
      }
    }
  }

  @Test
  void aPortThatIsTakenIsTheCallersMistakeAndTheFileIsFreeAgain() {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0)) {
      int port = java.net.URI.create(server.uri()).getPort();
      Path other = folder.resolve("other.h2");

      assertThatExceptionOfType(InvalidInput.class)
          .isThrownBy(() -> EmbeddedStore.open(other, port))
          .withMessageContaining("127.0.0.1:" + port)
          .withMessageContaining("choose another port");
      EmbeddedStore.open(other, 0).close();
    }
  }

  @Test
  void aFileThatIsNoStoreIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h2"), "not a store at all\n".repeat(900));

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> EmbeddedStore.open(text, 0))
        .withMessageContaining(text.toString())
        .withMessageContaining("cannot be opened as a document store");
  }

  @Test
  void closingCompactsTheFileAndKeepsWhatIsInIt() throws IOException {
    long open;
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      for (int round = 0; round < 300; round++) {
        store.measurements().record("k", round, "ntk", "\"" + "x".repeat(300) + "\"");
      }
      open = Files.size(file());
    }

    assertThat(Files.size(file())).isLessThan(open / 4);
    assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**.holder");
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      assertThat(store.measurements().list("k")).hasSize(300);
    }
  }

  @Test
  void aReaderSeesADocumentAsItWasBeforeOrAfterAWrite() throws Exception {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        MongoClient client = MongoClients.create(server.uri());
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      MongoCollection<Document> collection =
          client.getDatabase("espalier").getCollection("documents");
      collection.insertOne(new Document("_id", "a").append("left", 0).append("right", 0));
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        work.add(
            threads.submit(() -> {
              for (int number = 0; number < 150; number++) {
                Document both = new Document("left", 1).append("right", 1);
                collection.updateOne(new Document("_id", "a"), new Document("$inc", both));
              }
            }));
        work.add(
            threads.submit(() -> {
              for (int number = 0; number < 300; number++) {
                Document seen = collection.find(new Document("_id", "a")).first();
                assertThat(seen).isNotNull();
                assertThat(seen.get("left")).isEqualTo(seen.get("right"));
              }
            }));
      }
      for (Future<?> future : work) {
        future.get();
      }
      assertThat(collection.find().first()).containsEntry("left", 300);
    }
  }
}
