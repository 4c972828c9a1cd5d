package dev.espalier.store;

import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
final class EmbeddedStoreContractTest implements AtomicUpdatesContract {
  private @Nullable EmbeddedStore server;
  private @Nullable StoreUnderTest fixture;
  private int databases;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = EmbeddedStore.open(folder.resolve("store/espalier.h2"), 0);
  }

  @BeforeEach
  void connect() {
    String uri = Objects.requireNonNull(server).uri();
    fixture = new StoreUnderTest(uri.substring(0, uri.lastIndexOf('/')), "test" + databases++);
  }

  @Override
  public StoreUnderTest fixture() {
    return Objects.requireNonNull(fixture);
  }

  @AfterEach
  void disconnect() {
    fixture().close();
  }

  @AfterAll
  void close() {
    Objects.requireNonNull(server).close();
  }
}
