package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that never lives for long. */
@Tag("survival")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class ManyKillsTest {
  private static final int KILLS = 8;
  private static final Duration LONG = Duration.ofMinutes(12);
  private static final Duration AFTER_BEGIN = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void a_worker_killed_two_seconds_after_each_begin_ends_no_run_and_changes_nothing()
      throws Exception {
    try (LiveHome live = LiveHome.start(folder.resolve("home"), 2)) {
      ExperimentDocument undisturbed = live.awaitEnd(live.launch(), LONG);
      assertThat(undisturbed.state())
          .as("%s", undisturbed.reason())
          .isEqualTo(ExperimentState.COMPLETED);

      String id = live.launch();
      int attempts = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        attempts = live.awaitAttempts(id, "prune", attempts + 1).attempts();
        LockSupport.parkNanos(AFTER_BEGIN.toNanos());
        LiveHome.signal("KILL", live.worker());
      }
      ExperimentDocument ended = live.awaitEnd(id, LONG);
      assertThat(ended.state()).as("%s", ended.reason()).isEqualTo(ExperimentState.COMPLETED);
      assertThat(ended.digest()).isEqualTo(undisturbed.digest());
    }
  }
}
