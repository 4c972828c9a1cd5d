package dev.espalier.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against a MongoDB of one's own: {@code mongodb://host:port}, without a database. */
@EnabledIfEnvironmentVariable(
    named = "ESPALIER_TEST_MONGODB",
    matches = "mongodb.*",
    disabledReason = "set ESPALIER_TEST_MONGODB to the address of a MongoDB to run it there too")
final class MongoStoreContractTest implements AtomicUpdatesContract {
  private @Nullable StoreUnderTest fixture;

  @BeforeEach
  void connect() {
    String server = Objects.requireNonNull(System.getenv("ESPALIER_TEST_MONGODB"));
    fixture = new StoreUnderTest(server, "espalier_test_" + System.nanoTime());
  }

  @Override
  public StoreUnderTest fixture() {
    return Objects.requireNonNull(fixture);
  }

  @AfterEach
  void disconnect() {
    fixture().close();
  }
}
