package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stages computed again by real processes, which end and leave nothing whatever ends them. */
@Tag("survival")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class ReplaySurvivalTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir static Path folder;

  private static LiveHome live;
  private static String id = "";

  @BeforeAll
  static void start() throws Exception {
    live = LiveHome.start(folder.resolve("home"), 2);
    id = live.launch();
    live.awaitEnd(id);
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void what_was_recorded_comes_out_again() throws Exception {
    String out = live.espalier("replay", id, "--stage", "evaluate");

    assertThat(out)
        .contains("taken the same way by today's workflow code", "the same", "No difference");
    assertThat(live.espalier("logs", id)).contains("Replayed here");
    assertThat(scratch()).isEmpty();
  }

  @Test
  void a_replay_that_is_interrupted_or_killed_leaves_nothing() throws Exception {
    for (boolean killed : new boolean[] {false, true}) {
      List<String> command = new ArrayList<>(LiveHome.command("replay", id));
      command.addAll(List.of("--home", live.home().toString()));
      Process replay =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(new File(folder.toFile(), "replay.log")))
              .start();
      LiveHome.await(
          PATIENCE,
          "the replay computes",
          () ->
              read(folder.resolve("replay.log")).contains("computing it again")
                  ? Optional.of(true)
                  : Optional.empty());
      assertThat(scratch()).hasSize(1);

      if (killed) {
        replay.destroyForcibly();
      } else {
        replay.destroy();
      }

      LiveHome.await(
          PATIENCE,
          "nothing is left",
          () -> scratch().isEmpty() ? Optional.of(true) : Optional.empty());
      replay.waitFor();
    }
  }

  private static List<Path> scratch() {
    Path place = live.home().cache().resolve("replay");
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(place)) {
      return folders.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
