package dev.espalier.store;

import java.io.IOException;
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
final class FerretStoreContractTest implements StoreContract {
  private @Nullable FerretServer server;
  private @Nullable StoreUnderTest fixture;
  private int databases;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    server = FerretServer.start(folder);
  }

  @BeforeEach
  void connect() {
    fixture = new StoreUnderTest(Objects.requireNonNull(server).uri(), "test" + databases++);
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
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
