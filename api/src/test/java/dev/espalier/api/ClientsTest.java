package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.launch.Endings;
import dev.espalier.api.replay.ScratchPlace;
import dev.espalier.api.upkeep.Backups;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.client.TemporalNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients in Python against a real API with planted experiments: the project's own ({@code
 * clients/python}), and one that is generated from the OpenAPI document.
 */
final class ClientsTest {
  private static final Path PYTHON = Path.of("../clients/python").toAbsolutePath().normalize();
  private static final Path TABLE =
      Path.of("../../shared/data/nasbench201/nasbench201_accuracies.csv.gz").toAbsolutePath();
  private static final String SECRET = "a secret of this home";

  @TempDir private static Path folder;
  private static EmbeddedStore embedded;
  private static Store store;
  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
    store = Store.connect(embedded.uri());
    new Garden(store).plantAll();
    server =
        ApiServer.listen(
            new ApiOptions(
                "127.0.0.1",
                0,
                "127.0.0.1:1",
                TemporalNamespace.DEFAULT,
                false,
                store,
                true,
                folder,
                Endings.NOTHING,
                _ -> {},
                SECRET,
                ScratchPlace.NONE,
                Backups.NONE));
    // As `up` writes it.
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        run.resolve("processes.json"),
        Json.write(Map.of("api", Map.of("url", server.url().toString()), "secret", SECRET)));
  }

  @AfterAll
  static void close() {
    server.close();
    store.close();
    embedded.close();
  }

  /** A copy, so that nothing is written beside the sources. */
  private static Path copy() throws IOException {
    Path copy = folder.resolve("client");
    try (var files = Files.walk(PYTHON)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(PYTHON.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy;
  }

  @Test
  void theClientInstallsAndItsTestsAndTypesHold() throws IOException {
    Path pytest = PythonTools.require("pytest");
    Path mypy = PythonTools.require("mypy");
    Path python = PythonTools.require("python");
    Path client = copy();
    Path installed = folder.resolve("installed");

    PythonTools.run(
        client,
        Map.of(),
        List.of(
            python.toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--no-build-isolation",
            "--target",
            installed.toString(),
            "."));
    assertThat(installed.resolve("espalier/py.typed")).exists();
    PythonTools.run(
        client, Map.of(), List.of(mypy.toString(), "--cache-dir=/dev/null", "--strict"));
    Map<String, String> environment = new HashMap<>();
    environment.put("PYTHONPATH", installed.toString());
    environment.put("ESPALIER_TEST_HOME", folder.toString());
    if (Files.exists(TABLE)) { // the reference data, which CI has
      environment.put("ESPALIER_NAS_BENCH_201", TABLE.toString());
    }
    String tested =
        PythonTools.run(
            client,
            environment,
            List.of(pytest.toString(), "-q", "-p", "no:cacheprovider", "tests"));

    assertThat(tested).containsPattern("\\d\\d passed");
    if (Files.exists(TABLE) || "true".equals(System.getenv("CI"))) {
      assertThat(tested).doesNotContain("skipped");
    }
  }

  @Test
  void aClientThatIsGeneratedFromTheDocumentLaunchesListsAndReadsTypedResults() throws IOException {
    Path generator = PythonTools.require("openapi-python-client");
    Path python = PythonTools.require("python");
    Path settings = folder.resolve("generator.yml");
    Files.writeString(
        settings,
        """
        package_name_override: espalier_generated
        post_hooks: []
        content_type_overrides:
          image/svg+xml: application/octet-stream
          application/vnd.apache.parquet: application/octet-stream
        """);
    Path script = folder.resolve("generated_client.py");
    try (InputStream stream = ClientsTest.class.getResourceAsStream("generated_client.py")) {
      Files.copy(Objects.requireNonNull(stream), script);
    }

    String generated =
        PythonTools.run(
            folder,
            Map.of(),
            List.of(
                generator.toString(),
                "generate",
                "--url",
                server.url() + "openapi.yml",
                "--config",
                settings.toString(),
                "--meta",
                "none",
                "--output-path",
                folder.resolve("espalier_generated").toString()));
    assertThat(generated).doesNotContain("WARNING", "Unable to");
    String read =
        PythonTools.run(
            folder,
            Map.of(),
            List.of(
                python.toString(), script.toString(), server.url().toString(), "te-nas-k7m2qd"));

    assertThat(read).contains("read 3 rounds");
  }
}
