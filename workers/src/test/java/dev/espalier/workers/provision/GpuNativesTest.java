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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuNativesTest {
  private static final String PYTHON =
      """
      [ "$3" = --version ] && exit 0
      while [ $# -gt 0 ]; do
        case $1 in --target) target=$2 ;; --python-version) other=yes ;; torch==2.7.1) wanted=yes ;; esac
        shift
      done
      [ "$wanted" = yes ] || exit 1
      %s
      /bin/mkdir -p "$target/torch/lib" "$target/nvidia/cublas/lib" "$target/nvidia/cudnn/lib"
      """;

  @TempDir Path folder;
  private FakePrograms programs;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    programs = new FakePrograms(folder.resolve("path"));
    Assumptions.assumeTrue(
        Files.getFileStore(folder).getUsableSpace() > 12L << 30,
        "less than 12 GB are free for temporary files");
  }

  private GpuNatives provide() {
    return GpuNatives.provide(folder.resolve("engine"), true, programs.environment(), said::add);
  }

  @Test
  void areRefusedPlainlyOnAMachineWithoutADriver() {
    assertThatThrownBy(() -> GpuNatives.provide(folder, false, Map.of(), said::add))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no GPU that can be used")
        .hasMessageContaining("--queue cpu --device cpu");
    assertThat(folder.resolve("torch-2.7.1-cuda")).doesNotExist();
  }

  @Test
  void areInstalledIntoTheEngineFolderOnce() throws IOException {
    programs.with("python3", PYTHON.formatted(""));
    GpuNatives natives = provide();

    assertThat(natives.libraries()).isEqualTo(folder.resolve("engine/torch-2.7.1-cuda"));
    assertThat(GpuNatives.installed(folder.resolve("engine"))).contains(natives);
    assertThat(provide()).isEqualTo(natives);
    assertThat(said).hasSize(1);
  }

  @Test
  void areFetchedForAnOlderPythonWhereThisOneIsTooNew() throws IOException {
    programs.with(
        "python3",
        PYTHON.formatted(
            "[ \"$other\" = yes ] || { echo 'ERROR: No matching distribution found for torch==2.7.1'; exit 1; }"));

    assertThat(provide().libraries()).isDirectory();
  }

  @Test
  void leaveNothingHalfInstalled() throws IOException {
    programs.with(
        "python3",
        PYTHON.formatted(
            "/bin/mkdir -p \"$target/torch/lib\"; echo 'ERROR: [Errno 28] No space left on device'; exit 1"));

    assertThatThrownBy(this::provide).hasMessageContaining("No space left on device");
    try (Stream<Path> left = Files.list(folder.resolve("engine"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nameWhatTheEngineNeedsInTheEnvironment() throws IOException {
    programs.with("python3", PYTHON.formatted(""));
    Path libraries = provide().libraries();

    assertThat(new GpuNatives(libraries).environment(Map.of("LD_LIBRARY_PATH", "/before")))
        .containsEntry("PYTORCH_LIBRARY_PATH", libraries + "/torch/lib")
        .containsEntry("PYTORCH_VERSION", "2.7.1")
        .containsEntry("PYTORCH_FLAVOR", "cu128")
        .containsEntry(
            "LD_LIBRARY_PATH",
            "%1$s/torch/lib:%1$s/nvidia/cublas/lib:%1$s/nvidia/cudnn/lib:/before"
                .formatted(libraries));
  }
}
