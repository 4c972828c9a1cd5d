package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the project promises: kill anything, and the run ends by itself with the same bits. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 14, unit = TimeUnit.MINUTES)
final class SurvivalTest {
  @TempDir static Path folder;

  private static LiveHome live;
  private static String digest = "";

  @BeforeAll
  static void start() throws Exception {
    live = LiveHome.start(folder.resolve("home"), 2);
    ExperimentDocument undisturbed = live.awaitEnd(live.launch());
    assertThat(undisturbed.state())
        .as("%s", undisturbed.reason())
        .isEqualTo(ExperimentState.COMPLETED);
    digest = Objects.requireNonNull(undisturbed.digest());
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  @Order(1)
  void a_killed_worker_changes_nothing_and_is_counted_as_a_recovery() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    LiveHome.signal("KILL", live.freezeWhileMeasuring(id));
    assertSameDigest(id);
    assertThat(live.stage(id, "prune").orElseThrow().recoveries()).isPositive();
    assertThat(events(id)).anyMatch(event -> event.kind().equals("recovered"));
  }

  @Test
  @Order(2)
  void a_frozen_worker_that_wakes_as_a_zombie_changes_nothing() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    long frozen = live.freezeWhileMeasuring(id);
    // The only worker is frozen, so a second one takes the work over.
    Process second = SecondWorker.start(live);
    try {
      live.awaitRecovery(id, "prune");
      LiveHome.signal("CONT", frozen);
      assertSameDigest(id);
      assertThat(events(id)).noneMatch(event -> event.kind().equals("nondeterminism"));
    } finally {
      second.destroy();
      second.waitFor();
    }
  }

  @Test
  @Order(3)
  void a_killed_temporal_server_changes_nothing() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    LiveHome.signal("KILL", live.temporal());
    assertSameDigest(id);
  }

  @Test
  @Order(4)
  void a_killed_api_and_store_change_nothing() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    LiveHome.signal("KILL", live.api());
    assertSameDigest(id);
  }

  @Test
  @Order(5)
  void everything_killed_at_once_goes_on_after_up() throws Exception {
    ExperimentDocument undisturbed = live.awaitEnd(live.launch("--set", "evaluation.epochs=6"));
    String killed = live.launch("--set", "evaluation.epochs=6");
    live.awaitAttempts(killed, "evaluate", 1);
    live.killEverything();
    ExperimentDocument ended = live.awaitEnd(killed);
    assertThat(ended.digest()).isEqualTo(undisturbed.digest());
    live.awaitReady();
  }

  @Test
  @Order(6)
  void a_paused_experiment_stops_within_seconds_and_ends_with_the_same_bits() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    live.espalier("pause", id);
    live.await(id, "paused", experiment -> experiment.state() == ExperimentState.PAUSED);
    int still = attempts(id);
    live.espalier("resume", id);
    assertSameDigest(id);
    assertThat(attempts(id)).isGreaterThan(still);
  }

  @Test
  @Order(7)
  void a_cancelled_experiment_ends_and_lets_go_of_its_stage() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 1);
    live.espalier("cancel", id);
    ExperimentDocument cancelled = live.awaitEnd(id);
    assertThat(cancelled.state()).isEqualTo(ExperimentState.CANCELLED);
    assertThat(live.stage(id, "prune").orElseThrow().owner()).isEmpty();
  }

  @Test
  @Order(8)
  @Tag("survival")
  void a_copy_of_a_running_home_and_its_original_leave_each_other_alone() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 1);
    List<Long> parts = live.parts();
    Path copied = folder.resolve("copied");
    assertThat(
            new ProcessBuilder("cp", "-a", live.home().toString(), copied.toString())
                .start()
                .waitFor())
        .isZero();
    try (LiveHome copy = LiveHome.open(copied, 1)) {
      assertThat(copy.url()).isNotEqualTo(live.url());
      String own = copy.launch();
      assertThat(live.ask(store -> store.experiments().find(own))).hasValue(Optional.empty());
      assertSameDigest(id);
      assertSameDigest(copy, own);
      assertThat(live.parts()).isEqualTo(parts);
    }
    assertThat(live.parts()).isEqualTo(parts);
  }

  @Test
  @Order(9)
  @Tag("survival")
  void a_damaged_temporal_database_costs_nothing_that_is_recorded() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    Path database = live.home().temporalDatabase();
    byte[] garbage = new byte[100_000];
    new SplittableRandom(1).nextBytes(garbage);
    Files.write(database, garbage);
    Files.deleteIfExists(database.resolveSibling(database.getFileName() + "-wal"));
    LiveHome.signal("KILL", live.temporal());
    assertSameDigest(id);
    assertThat(events(id)).anyMatch(event -> event.text().contains("Temporal no longer knew"));
  }

  @Test
  @Order(10)
  @Tag("survival")
  void a_store_that_is_older_than_temporal_comes_to_the_same_end_again() throws Exception {
    String id = live.launch();
    live.awaitAttempts(id, "prune", 2);
    Path backup = Files.copy(live.home().storeFile(), folder.resolve("backup.h2"));
    assertSameDigest(id);
    live.killEverything(
        () -> Files.copy(backup, live.home().storeFile(), StandardCopyOption.REPLACE_EXISTING));
    live.awaitReady();
    assertSameDigest(id);
    assertThat(live.espalier("export", id, "--format", "json")).isNotEmpty();
    assertThat(events(id)).noneMatch(event -> event.kind().equals("nondeterminism"));
  }

  @Test
  @Order(11)
  @Tag("survival")
  void two_homes_on_one_temporal_keep_their_work_apart() throws Exception {
    try (LiveHome other =
        LiveHome.start(folder.resolve("other"), 1, "--temporal", live.temporalAddress())) {
      String mine = live.launch();
      String others = other.launch();
      assertSameDigest(mine);
      assertSameDigest(other, others);
      assertThat(other.ask(store -> store.experiments().find(mine))).hasValue(Optional.empty());
      live.espalier(
          "export", mine, "--format", "safetensors", "-o", folder.resolve("mine").toString());
      other.espalier(
          "export", others, "--format", "safetensors", "-o", folder.resolve("others").toString());
    }
  }

  @Test
  @Order(12)
  @Tag("survival")
  void a_second_temporal_on_the_same_store_is_refused() throws Exception {
    Path home = folder.resolve("third");
    Process up =
        new ProcessBuilder(
                LiveHome.command("up", "--home", home.toString(), "--mongodb", live.storeUri()))
            .redirectErrorStream(true)
            .start();
    String said = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(up.waitFor()).as("%s", said).isEqualTo(2);
    assertThat(said).contains("another Temporal", live.temporalAddress());
  }

  private static void assertSameDigest(String id) {
    assertSameDigest(live, id);
  }

  private static void assertSameDigest(LiveHome home, String id) {
    ExperimentDocument ended = home.awaitEnd(id);
    assertThat(ended.state()).as("%s", ended.reason()).isEqualTo(ExperimentState.COMPLETED);
    assertThat(ended.digest()).isEqualTo(digest);
  }

  /** Attempts begun so far, over all stages. */
  private static int attempts(String id) {
    return Stream.of("prepare-data", "prune", "evaluate", "report")
        .flatMap(stage -> live.stage(id, stage).stream())
        .mapToInt(StageDocument::attempts)
        .sum();
  }

  private static List<Event> events(String id) {
    return LiveHome.await(
        Duration.ofMinutes(1),
        "the store answers",
        () -> live.ask(store -> store.events().list(id)));
  }
}
