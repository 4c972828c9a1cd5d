package dev.espalier.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a store that is in use, and what is restored from them. */
final class BackupTest {
  @TempDir private Path folder;
  private Path backup;
  private String sha = "";

  @BeforeEach
  void backUpWhileOthersWrite() throws Exception {
    backup = folder.resolve("espalier.backup");
    byte[] weights = new byte[9 << 20];
    new Random(1).nextBytes(weights);
    AtomicBoolean done = new AtomicBoolean();
    try (EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("one/espalier.h2"), 0);
        Store store = Store.connect(embedded.uri())) {
      sha = store.artifacts().put(weights, "weights", Map.of());
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; !done.get(); i++) {
                  store.events().append("e1", "key" + i, "kind", "text", "ada");
                }
              });
      try {
        assertThat(embedded.backup(backup).damaged()).isZero();
      } finally {
        done.set(true);
        writer.join();
      }
      assertThatThrownBy(() -> embedded.backup(backup))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("is there already");
    }
  }

  private Path other() throws IOException {
    return Files.createDirectories(folder.resolve("other")).resolve("espalier.h2");
  }

  @Test
  void whatIsRestoredIsWhatWasThere() throws Exception {
    Backup restored = Backup.restore(backup, other());

    assertThat(restored.documents()).isPositive();
    try (EmbeddedStore embedded = EmbeddedStore.open(other(), 0);
        Store store = Store.connect(embedded.uri())) {
      assertThat(store.artifacts().isWhole(sha)).isTrue();
      assertThat(store.inspect().faults()).isEmpty();
      long events = store.events().list("e1").size();
      assertThat(store.events().list("e1").stream().map(event -> event.sequence()))
          .hasSize((int) events)
          .doesNotHaveDuplicates();
    }
    assertThatThrownBy(() -> Backup.restore(backup, other()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("into an empty home only");
  }

  @Test
  void aBackupThatWasCutShortIsRefused() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(backup.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    refusedWithoutATrace();
  }

  @Test
  void aBackupWithOneOtherByteInAnArtifactIsRefused() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(backup.toFile(), "rw")) {
      long middle = file.length() / 2;
      file.seek(middle);
      int before = file.read();
      file.seek(middle);
      file.write(before ^ 1);
    }
    refusedWithoutATrace();
  }

  @Test
  void aStoreThatIsNoBackupIsRefused() throws Exception {
    backup = folder.resolve("one/espalier.h2");
    refusedWithoutATrace();
    backup = Files.writeString(folder.resolve("text"), "no backup");
    refusedWithoutATrace();
  }

  private void refusedWithoutATrace() throws Exception {
    Path other = other();
    assertThatThrownBy(() -> Backup.restore(backup, other)).isInstanceOf(InvalidInput.class);
    try (Stream<Path> left = Files.list(other.resolveSibling("."))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains(".h2") && !name.endsWith(".password"));
    }
  }

  @Test
  void roomIsLookedForBefore() {
    assertThatThrownBy(() -> Backup.requireRoom(folder, Long.MAX_VALUE / 2))
        .isInstanceOf(DiskFull.class);
  }
}
