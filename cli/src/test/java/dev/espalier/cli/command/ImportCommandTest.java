package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import tells a person and a program. */
final class ImportCommandTest {
  private static final String ONE =
      """
      architecture,validation
      skip|skip|skip|skip|skip,52.5
      """;

  @TempDir private Path folder;

  private Shell.Result imports(String... more) throws IOException {
    Path table = Files.writeString(folder.resolve("measured.csv"), ONE);
    List<String> command = new ArrayList<>(List.of("data", "import", table.toString()));
    command.addAll(List.of("--format", "accuracies", "--name", "measured"));
    command.addAll(List.of(more));
    return new Shell(folder.resolve("home")).run(command.toArray(String[]::new));
  }

  @Test
  void oneArchitectureIsNotCalledSeveral() throws IOException {
    assertThat(imports().out()).contains("measured: 1 architecture, from");
  }

  @Test
  void whatWasUnderstoodIsInTheJsonToo() throws IOException {
    JsonNode told = Json.read(imports("--json").out(), JsonNode.class);
    assertThat(told.path("name").asText()).isEqualTo("measured");
    assertThat(told.path("remarks").toString()).contains("percent");
  }
}
