package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The property-based fuzzer schemathesis against the API: every answer to whatever the OpenAPI
 * document allows, or forbids, is as the document says, by all of its checks. By the real launcher,
 * with Temporal away.
 */
final class FuzzTest {
  @TempDir private static Path folder;

  @Test
  void answersEverythingAsItsDescriptionSays() throws IOException {
    Path schemathesis = PythonTools.require("schemathesis");
    Path settings = folder.resolve("schemathesis.toml");
    try (InputStream stream = FuzzTest.class.getResourceAsStream("schemathesis.toml")) {
      Files.copy(Objects.requireNonNull(stream), settings);
    }
    try (EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
        Store store = Store.connect(embedded.uri())) {
      new Garden(store).plantAll();
      try (ApiServer server = ApiServer.listen(new ApiOptions(0, "127.0.0.1:1", store, folder))) {
        String printed =
            PythonTools.run(
                folder,
                Map.of(),
                List.of(
                    schemathesis.toString(),
                    "--config-file",
                    settings.toString(),
                    "run",
                    server.url() + "openapi.yml"));

        // The three streams go on for ever: what they refuse is tested elsewhere.
        assertThat(printed)
            .containsPattern("([0-9]+) selected / ")
            .containsPattern("([0-9]{3,}) generated, \\1 passed");
      }
    }
  }
}
