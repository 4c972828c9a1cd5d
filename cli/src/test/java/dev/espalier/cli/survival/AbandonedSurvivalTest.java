package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.home.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An {@code up} that is killed for good, and what becomes of its parts. */
@Tag("survival")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
final class AbandonedSurvivalTest {
  @TempDir static Path folder;

  @Test
  void parts_finish_what_runs_and_then_end_by_themselves() throws Exception {
    try (LiveHome live = LiveHome.start(folder.resolve("home"), 2)) {
      String id = live.launch();
      live.awaitAttempts(id, "prune", 1);
      List<Long> parts = live.parts();
      long up = Objects.requireNonNull(Processes.of(live.home()).supervisor()).pid();

      LiveHome.signal("KILL", up);

      LiveHome.await(
          Duration.ofMinutes(8),
          "the parts have ended",
          () ->
              parts.stream()
                      .flatMap(pid -> ProcessHandle.of(pid).stream())
                      .noneMatch(ProcessHandle::isAlive)
                  ? Optional.of(true)
                  : Optional.empty());
      assertThat(Processes.of(live.home())).isEqualTo(Processes.none());
      assertThat(live.espalier("show", id, "--json")).contains("\"COMPLETED\"");
    }
  }

  @Test
  void a_frozen_api_is_killed_and_started_again() throws Exception {
    try (LiveHome live = LiveHome.start(folder.resolve("frozen"), 1)) {
      long frozen = live.api();

      LiveHome.signal("STOP", frozen);

      LiveHome.await(
          Duration.ofMinutes(6),
          "another API answers",
          () ->
              live.api() != frozen
                  ? live.ask(store -> store.experiments().list())
                  : Optional.empty());
    }
  }
}
