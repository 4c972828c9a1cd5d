package dev.espalier.store.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Claim;
import dev.espalier.store.DamagedDocument;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Recorded;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a store whose file is changed behind its back. */
final class DamageTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("store/espalier.h2");
  }

  private void with(Consumer<Store> work) {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      work.accept(store);
    }
  }

  private String news(Consumer<Store> work) {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      work.accept(store);
      return server.news().orElse("");
    }
  }

  private static void launch(Store store, String id) {
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                id, "{\"method\":\"te-nas\"}", "", List.of(), Instant.EPOCH, "ada", "0"));
  }

  private static void complete(Store store, String id, String accuracy) {
    launch(store, id);
    store.experiments().complete(id, "d".repeat(64), "{\"accuracy\":" + accuracy + "}");
  }

  /** Changes all occurrences of a text in the file. */
  private void change(String text, String to) throws IOException {
    String bytes = Files.readString(file(), ISO_8859_1);
    assertThat(bytes).contains(text);
    Files.writeString(file(), bytes.replace(text, to), ISO_8859_1);
  }

  private static List<String> ids(Store store) {
    return store.experiments().list().stream().map(ExperimentSummary::id).toList();
  }

  private List<Path> files(String beginning) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith(beginning)).toList();
    }
  }

  // ---- single documents

  @Test
  void digitsThatChangedInTheFileAreNeverShownAndStopNothingElse() throws IOException {
    with(store -> {
      complete(store, "changed", "0.73125");
      complete(store, "whole", "0.75");
    });

    change("0.73125", "0.93125");

    with(store -> {
      assertThatExceptionOfType(DamagedDocument.class)
          .isThrownBy(() -> store.experiments().find("changed"))
          .withMessageContaining("changed of experiments is damaged")
          .withMessageContaining("espalier verify");
      assertThatExceptionOfType(DamagedDocument.class)
          .isThrownBy(
              () -> store.experiments().updateState("changed", ExperimentState.CANCELLED, null));
      assertThat(ids(store)).containsExactly("whole");
      assertThat(store.experiments().listing().damaged())
          .extracting(DamagedDocument::id)
          .containsExactly("changed");
      assertThat(store.experiments().find("whole").orElseThrow().result()).contains("0.75");
    });
  }

  @Test
  void whatCanBeComputedAgainCountsAsMissingWhereItIsDamaged() throws IOException {
    StageDocument stage = StageDocument.running("stage", "prune", "{}", List.of());
    with(store -> {
      store.stages().claim(stage, "e1");
      store.stages().finish("stage", "\"result-1\"", 1, Map.of());
      store.measurements().record("k", 1, "ntk", "\"value-1\"");
      store.units().begin("unit", "worker-1", "w");
      store.events().append("e1", "event-1", "kind", "text", "by");
    });
    for (String text : List.of("result-1", "value-1", "worker-1", "event-1")) {
      change(text, text.replace('1', '2'));
    }

    with(store -> {
      assertThat(store.stages().claim(stage, "e1")).isInstanceOf(Claim.Claimed.class);
      assertThat(store.measurements().find("k", 1, "ntk")).isEmpty();
      assertThat(store.measurements().record("k", 1, "ntk", "\"value-1\"")).isEqualTo(Recorded.NEW);
      assertThat(store.units().begin("unit", "worker-3", "w").attempts()).isEqualTo(1);
      assertThat(store.events().append("e1", "event-3", "kind", "text", "by").sequence())
          .isGreaterThan(1);
      assertThat(store.events().list("e1"))
          .extracting(Event::kind)
          .containsExactly("damaged", "kind");
    });
  }

  @Test
  void anArtifactWithADamagedChunkIsMissingAndTheNextPutMendsIt() throws IOException {
    byte[] bytes = "weights-1".getBytes(ISO_8859_1);
    String[] sha = {""};
    with(store -> sha[0] = store.artifacts().put(bytes, "weights", Map.of()));
    change("weights-1", "weights-2");

    with(store -> {
      assertThat(store.artifacts().isWhole(sha[0])).isFalse();
      assertThat(store.artifacts().exists(sha[0])).isFalse();
      store.artifacts().put(bytes, "weights", Map.of());
      assertThat(store.artifacts().get(sha[0])).isEqualTo(bytes);
    });
  }

  @Test
  void aPageThatCannotBeReadCostsItsOwnDocumentsOnly() throws IOException {
    with(store -> {
      for (int number = 100; number < 400; number++) {
        String filler = number == 225 ? "needle" : "filler";
        complete(store, "e" + number, "\"" + filler + "x".repeat(2_000) + "\"");
      }
    });
    byte[] bytes = Files.readAllBytes(file());
    String text = new String(bytes, ISO_8859_1);
    for (int at = text.indexOf("needle"); at >= 0; at = text.indexOf("needle", at + 1)) {
      Arrays.fill(bytes, at - 17_000, at + 17_000, (byte) 0); // more than a page
    }
    Files.write(file(), bytes);

    with(store -> {
      assertThat(store.experiments().listing().damaged()).isNotEmpty();
      assertThat(ids(store)).contains("e100").hasSizeGreaterThan(150);
    });
  }

  @Test
  void documentsOfAnOlderVersionGetTheirChecksumsWhenTheFileIsOpened() throws IOException {
    with(store -> complete(store, "old", "0.73125"));
    withoutChecksums();

    with(store ->
        assertThat(store.experiments().find("old").orElseThrow().result()).contains("0.73125"));

    change("0.73125", "0.93125");
    with(store -> assertThat(store.experiments().listing().damaged()).hasSize(1));
  }

  private void withoutChecksums() {
    try (MVStore store = MVStore.open(file().toString())) {
      for (String name : DocumentMaps.namesIn(store)) {
        MVMap<String, byte[]> map = DocumentMaps.open(store, name);
        for (Map.Entry<String, byte[]> entry : List.copyOf(map.entrySet())) {
          byte[] value = entry.getValue();
          map.put(entry.getKey(), Arrays.copyOf(value, value.length - 8));
        }
      }
      store.setStoreVersion(0);
      store.commit();
    }
  }

  // ---- the file as a whole

  @ParameterizedTest
  @ValueSource(strings = {"header", "empty", "gone", "cut", "garbage"})
  void aDamagedFileIsSetAsideAndItsNewestCopyTakesItsPlace(String damage) throws IOException {
    with(store -> complete(store, "first", "0.5")); // the end of each makes a copy
    with(store -> complete(store, "second", "0.5"));
    damage(damage);

    String news =
        news(store -> assertThat(ids(store)).containsExactlyInAnyOrder("first", "second"));

    assertThat(news).contains(file().toString()).contains("newest copy").contains("Lost is what");
    assertThat(EmbeddedStore.newsSince(file(), Instant.EPOCH)).contains(news);
    assertThat(files("espalier.h2.damaged-")).hasSize(damage.equals("gone") ? 0 : 1);
    assertThat(news(store -> {})).as("said once").isEmpty();
  }

  @Test
  void aCopyThatIsDamagedItselfIsPassedOver() throws IOException {
    with(store -> complete(store, "first", "0.5"));
    with(store -> complete(store, "second", "0.5"));
    List<Copies.Copy> copies = new Copies(file()).list();
    assertThat(copies).hasSize(2);
    Files.write(copies.getFirst().file(), new byte[20_000]);
    damage("header");

    news(store -> assertThat(ids(store)).containsExactly("first"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "empty", "gone", "garbage"})
  void withoutACopyADamagedFileIsRefusedWithAdviceAndKept(String damage) throws IOException {
    with(store -> complete(store, "first", "0.5"));
    for (Path copy : files("espalier.h2-")) {
      Files.delete(copy);
    }
    damage(damage);

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> EmbeddedStore.open(file(), 0))
        .withMessageContaining(file().toString())
        .withMessageContaining("no copy of it")
        .withMessageContaining("mv " + file().getParent());
    assertThat(Files.exists(file())).isEqualTo(!damage.equals("gone"));
  }

  @Test
  void anEmptyFileOfAVersionThatLeftNoMarkIsRefusedToo() throws IOException {
    Files.createDirectories(file().getParent());
    Files.createFile(file());

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> EmbeddedStore.open(file(), 0))
        .withMessageContaining("is empty");
  }

  @Test
  void aFileThatWasKilledWhileItCameIntoBeingIsBegunAnew() throws IOException {
    Files.createDirectories(file().getParent());
    Files.createFile(file());
    new Mark(0, Instant.now()).writeBeside(file());

    with(store -> assertThat(ids(store)).isEmpty());
  }

  @Test
  void anOlderFileInItsPlaceIsUsedAndSaid() throws IOException {
    with(store -> complete(store, "first", "0.5"));
    Path backup = Files.copy(file(), folder.resolve("backup.h2"));
    with(store -> {
      for (int number = 0; number < 20; number++) {
        complete(store, "later" + number, "0.5");
      }
    });
    Files.move(backup, file(), StandardCopyOption.REPLACE_EXISTING);

    String news = news(store -> assertThat(ids(store)).containsExactly("first"));

    assertThat(news).contains("is older than it was").contains("Its newest copy is of");
  }

  private void damage(String how) throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    switch (how) {
      case "header" -> Arrays.fill(bytes, 0, 8_192, (byte) 7);
      case "garbage" -> Arrays.fill(bytes, (byte) 7);
      case "cut" -> bytes = Arrays.copyOf(bytes, bytes.length / 3);
      case "empty" -> bytes = new byte[0];
      case "gone" -> {
        Files.delete(file());
        return;
      }
      default -> throw new AssertionError(how);
    }
    Files.write(file(), bytes);
  }

  // ---- copies

  @Test
  void aCopyHoldsWhatWasThereAtOneMomentAndTheNewestTwoStay() throws Exception {
    try (EmbeddedStore server = EmbeddedStore.open(file(), 0);
        Store store = Store.connect(server.uri())) {
      // each writer writes a pair, the second after the first is acknowledged
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (int number = 0; number < 200; number++) {
                  store.units().begin("unit" + number, "t", "w");
                  store.measurements().record("k", number, "pair", "1");
                }
              });
      while (writer.isAlive()) {
        server.copy(Duration.ofMinutes(1));
      }
      server.copy(Duration.ofMinutes(1));
    }
    List<Copies.Copy> copies = new Copies(file()).list();
    assertThat(copies).hasSize(Copies.KEPT);
    for (Copies.Copy copy : copies) {
      Path opened = Files.copy(copy.file(), folder.resolve("opened" + copy.at().toEpochMilli()));
      try (EmbeddedStore server = EmbeddedStore.open(opened, 0);
          Store store = Store.connect(server.uri())) {
        int pairs = store.measurements().list("k").size();
        assertThat(store.units().open("unit")).hasSizeGreaterThanOrEqualTo(pairs);
      }
    }
  }

  @Test
  void aCopyWithDamagedDocumentsNeverDrivesOutTheLastGoodOne() throws IOException {
    with(store -> {
      complete(store, "changed", "0.73125");
      complete(store, "whole", "0.75");
    });
    change("0.73125", "0.93125");
    for (int number = 0; number < 4; number++) {
      int run = number;
      with(store -> complete(store, "after" + run, "0.5"));
    }

    List<Copies.Copy> copies = new Copies(file()).list();
    assertThat(copies).extracting(Copies.Copy::damaged).containsExactly(true, false);
  }

  @Test
  void whereNothingHasChangedNoCopyIsMade() {
    with(store -> complete(store, "first", "0.5"));
    List<Copies.Copy> copies = new Copies(file()).list();

    with(store -> assertThat(ids(store)).hasSize(1));

    assertThat(new Copies(file()).list()).isEqualTo(copies).hasSize(1);
  }

  // ---- only to read

  @Test
  void aStoreOpenedToReadAnswersAndRefusesToChange() throws IOException {
    with(store -> complete(store, "first", "0.5"));
    byte[] before = Files.readAllBytes(file());

    try (EmbeddedStore server = EmbeddedStore.openToRead(file());
        Store store = Store.connect(server.uri())) {
      assertThat(ids(store)).containsExactly("first");
      assertThat(store.events().list("first")).isEmpty();
      assertThatExceptionOfType(Lost.class)
          .isThrownBy(() -> store.measurements().record("k", 1, "ntk", "1"))
          .withMessageContaining("opened only to read");
    }

    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }
}
