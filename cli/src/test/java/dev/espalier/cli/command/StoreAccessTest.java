package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.HomePlace;
import dev.espalier.cli.home.IdlePart;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import dev.espalier.cli.home.Servers;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAccessTest {

  @TempDir private Path folder;
  private Home home = new Home(Path.of("."));

  @BeforeEach
  void prepareHome() {
    home = new Home(folder).prepare();
  }

  /** As an {@code up} would leave its record. */
  static void record(Home home, String storeUri, IdlePart api) throws IOException {
    ProcessIdentity here = api.identity();
    new Processes(
            null,
            new Processes.Temporal(0, null, "", "127.0.0.1:1", 0, null),
            new Processes.Store(storeUri),
            new Processes.Api(here.pid(), here.startedAt(), here.mark(), 1, "http://127.0.0.1:1"),
            List.of(),
            "",
            HomePlace.of(home))
        .write(home.processesFile());
  }

  @Test
  void withoutAnUpTheFileIsOpenedUnderTheLockAndKept() {
    try (StoreAccess access = StoreAccess.open(home, "test")) {
      StoredExamples.insertAll(access.store());
      assertThat(access.running()).isEmpty();
      assertThat(HomeLock.tryTake(home, "other", Duration.ZERO)).isEmpty();
    }
    try (StoreAccess access = StoreAccess.open(home, "test")) {
      assertThat(access.store().experiments().list()).hasSize(3);
    }
  }

  @Test
  void withAnUpItsServerIsAskedAndTheLockLeftAlone() throws IOException {
    try (EmbeddedStore served = EmbeddedStore.open(home.storeFile(), 0);
        IdlePart api = IdlePart.of(home)) {
      record(home, served.uri(), api);
      try (StoreAccess access = StoreAccess.open(home, "test")) {
        StoredExamples.insertAll(access.store());
        assertThat(access.running()).isPresent();
        assertThat(access.store().experiments().list()).hasSize(3);
        HomeLock.tryTake(home, "other", Duration.ZERO).orElseThrow().close();
      }
    }
  }

  @Test
  void aHomeThatStaysLockedIsNamedWithItsHolder() {
    try (HomeLock _ = HomeLock.tryTake(home, "up", Duration.ZERO).orElseThrow()) {
      assertThatThrownBy(() -> StoreAccess.open(home, "test", Duration.ZERO))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " (up)");
    }
  }

  @Test
  void aStoreElsewhereIsUsedAfterItsUpEndedAndNoneInsteadOfIt() throws IOException {
    try (EmbeddedStore elsewhere = EmbeddedStore.open(folder.resolve("elsewhere.h2"), 0)) {
      new Servers(elsewhere.uri(), null, null).write(home);
      try (StoreAccess access = StoreAccess.open(home, "test")) {
        StoredExamples.insertAll(access.store());
      }
      try (StoreAccess access = StoreAccess.open(home, "test")) {
        assertThat(access.store().experiments().list()).hasSize(3);
      }
    }
    assertThatThrownBy(() -> StoreAccess.open(home, "test"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("does not answer")
        .hasMessageContaining("--mongodb embedded");
    assertThat(home.storeFile()).doesNotExist();
  }

  @Test
  void whereTheUpEndsWhileItsStoreIsReadTheFileIsRead() throws IOException {
    EmbeddedStore served = EmbeddedStore.open(home.storeFile(), 0);
    IdlePart api = IdlePart.of(home);
    record(home, served.uri(), api);
    AtomicInteger turns = new AtomicInteger();
    int experiments =
        StoreAccess.use(
            home,
            "test",
            access -> {
              if (turns.incrementAndGet() == 1) {
                StoredExamples.insertAll(access.store());
                api.close();
                served.close();
              }
              return access.store().experiments().list().size();
            });
    assertThat(turns).hasValue(2);
    assertThat(experiments).isEqualTo(3);
  }

  @Test
  void aStoreThatNeverAnswersIsSaidAfterAFewAttempts() {
    AtomicInteger turns = new AtomicInteger();
    assertThatThrownBy(() ->
            StoreAccess.use(
                home,
                "test",
                access -> {
                  turns.incrementAndGet();
                  throw new Lost("the store does not answer");
                }))
        .isInstanceOf(Lost.class);
    assertThat(turns).hasValue(3);
  }
}
