package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup while an experiment runs, restored in another home, where it goes on. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class BackupSurvivalTest {
  @TempDir static Path folder;

  @Test
  void an_experiment_that_was_backed_up_while_it_ran_ends_elsewhere_with_the_same_bits()
      throws Exception {
    Path backup = folder.resolve("espalier.backup");
    String id;
    String digest;
    try (LiveHome live = LiveHome.start(folder.resolve("home"), 2)) {
      id = live.launch();
      live.awaitAttempts(id, "prune", 2);
      live.espalier("backup", backup.toString());
      digest = live.awaitEnd(id).digest();
    }
    Path other = Files.createDirectories(folder.resolve("other"));
    Process restore =
        new ProcessBuilder(
                LiveHome.command("restore", backup.toString(), "--home", other.toString()))
            .inheritIO()
            .start();
    assertThat(restore.waitFor()).isZero();
    try (LiveHome live = LiveHome.open(other, 2)) {
      ExperimentDocument ended = live.awaitEnd(id);

      assertThat(ended.state()).as("%s", ended.reason()).isEqualTo(ExperimentState.COMPLETED);
      assertThat(ended.digest()).isEqualTo(digest).isNotNull();
      assertThat(live.espalier("logs", id)).contains("Temporal no longer knew this experiment");
    }
  }
}
