package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Store and Temporal of different moments: one is put back to where it was, while the other has
 * gone on.
 */
@Tag("survival")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class StoreBehindTest {
  private static final List<String> STAGES = List.of("prepare-data", "prune", "evaluate", "report");

  @TempDir static Path folder;

  private static LiveHome live;
  private static String digest = "";

  @BeforeAll
  static void start() throws Exception {
    live = LiveHome.start(folder.resolve("home"), 2);
    digest = Objects.requireNonNull(live.awaitEnd(live.launch()).digest());
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  /** Copied when the first stage has so many attempts, put back when the second has. */
  static Stream<Arguments> moments() {
    return Stream.of(
        Arguments.of("prepare-data", 1, "prune", 2),
        Arguments.of("prepare-data", 1, "evaluate", 1),
        Arguments.of("prune", 2, "prune", 6),
        Arguments.of("prune", 2, "evaluate", 1),
        Arguments.of("evaluate", 1, "evaluate", 2),
        Arguments.of("evaluate", 1, "", 0));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void an_older_store_goes_on_from_what_it_has(
      String copied, int copiedAt, String restored, int restoredAt) throws Exception {
    putBack(live.home().storeFile(), copied, copiedAt, restored, restoredAt);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void an_older_temporal_goes_on_from_what_it_has(
      String copied, int copiedAt, String restored, int restoredAt) throws Exception {
    putBack(live.home().temporalDatabase(), copied, copiedAt, restored, restoredAt);
  }

  private static void putBack(
      Path file, String copied, int copiedAt, String restored, int restoredAt) throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, copied, copiedAt);
    List<Path> parts = beside(file);
    List<Path> copies = new ArrayList<>();
    for (Path part : parts) {
      copies.add(
          Files.copy(
              part,
              folder.resolve(part.getFileName() + ".copy"),
              StandardCopyOption.REPLACE_EXISTING));
    }
    if (restored.isEmpty()) {
      live.awaitEnd(id);
    } else {
      live.awaitAttempts(id, restored, restoredAt);
    }
    live.killEverything(() -> {
      for (Path stale : beside(file)) {
        Files.delete(stale);
      }
      for (int i = 0; i < parts.size(); i++) {
        Files.copy(copies.get(i), parts.get(i));
      }
    });
    live.awaitReady();
    ExperimentDocument ended = live.awaitEnd(id);
    assertThat(ended.state()).as("%s", ended.reason()).isEqualTo(ExperimentState.COMPLETED);
    assertThat(ended.digest()).isEqualTo(digest);
    live.espalier("export", id, "--format", "safetensors", "-o", folder.resolve(id).toString());
    assertThat(STAGES).allSatisfy(stage -> assertThat(live.stage(id, stage)).isPresent());
  }

  /** The file, and its write-ahead log if it has one. */
  private static List<Path> beside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      String name = file.getFileName().toString();
      return files
          .filter(each -> {
            String other = each.getFileName().toString();
            return other.equals(name) || other.startsWith(name + "-");
          })
          .toList();
    }
  }
}
