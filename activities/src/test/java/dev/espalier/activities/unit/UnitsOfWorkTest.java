package dev.espalier.activities.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.unit.Isolation.Ending;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.CorruptArtifact;
import dev.espalier.store.Event;
import dev.espalier.store.Store;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitsOfWorkTest {
  private static final UnitName UNIT =
      new UnitName(
          new StageRef(Workbench.EXPERIMENT, "evaluate", Workbench.STAGE_KEY),
          "unit",
          "The errand");

  @TempDir Path folder;
  private Workbench workbench;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    store = workbench.store();
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  @ActivityInterface
  public interface Errands {
    @ActivityMethod
    String run(String what);
  }

  private Errands doing(Function<Attempt, String> work) {
    return doing(work, null);
  }

  private Errands doing(Function<Attempt, String> work, @Nullable Isolation isolation) {
    UnitsOfWork units = workbench.units(isolation);
    Errands errands = what -> units.attempt(UNIT, new Task<>(what, String.class, 5), work);
    return workbench.activities(Errands.class, errands);
  }

  private static ApplicationFailure failureOf(Errands errands) {
    Throwable thrown = catchThrowable(() -> errands.run("x"));
    assertThat(thrown).isNotNull();
    assertThat(thrown.getCause()).isInstanceOf(ApplicationFailure.class);
    return (ApplicationFailure) thrown.getCause();
  }

  private List<String> told(String kind) {
    return store.events().list(Workbench.EXPERIMENT).stream()
        .filter(event -> event.kind().equals(kind))
        .map(Event::text)
        .toList();
  }

  /** Leaves attempts open that as many processes, each another one, have begun. */
  private void die(int times) {
    for (int i = 0; i < times; i++) {
      store.units().begin(UNIT.id(), "attempt-" + i, "process-" + i);
    }
  }

  @Test
  void an_exception_is_tried_again_five_times_and_then_told_with_its_message_and_place() {
    Errands errands =
        doing(attempt -> {
          throw new IllegalStateException("a wrong turn");
        });
    for (int i = 1; i < 5; i++) {
      ApplicationFailure failure = failureOf(errands);
      assertThat(failure.getType()).isEqualTo(ActivityRules.UNEXPECTED);
      assertThat(ActivityRules.isFinal(failure)).isFalse();
    }
    ApplicationFailure last = failureOf(errands);
    assertThat(last.getType()).isEqualTo(ActivityRules.EXHAUSTED);
    assertThat(ActivityRules.isFinal(last)).isTrue();
    assertThat(last.getOriginalMessage())
        .contains("failed 5 times", "IllegalStateException: a wrong turn", "UnitsOfWorkTest.java")
        .contains("espalier retry " + Workbench.EXPERIMENT);
    assertThat(failureOf(errands).getType())
        .as("a retry begins to count anew")
        .isEqualTo(ActivityRules.UNEXPECTED);
  }

  @Test
  void an_error_counts_like_an_exception() {
    Errands errands =
        doing(attempt -> {
          throw new StackOverflowError();
        });
    for (int i = 1; i < 5; i++) {
      assertThat(failureOf(errands).getType()).isEqualTo(ActivityRules.UNEXPECTED);
    }
    assertThat(failureOf(errands).getOriginalMessage()).contains("StackOverflowError");
  }

  @Test
  void progress_between_exceptions_acquits() {
    int[] step = {0};
    Errands errands =
        doing(attempt -> {
          CheckpointRef progress = new CheckpointRef("sha" + step[0], 0, step[0]++);
          store.units().checkpoint(UNIT.id(), attempt.token(), progress);
          throw new IllegalStateException("after a step");
        });
    for (int i = 0; i < 12; i++) {
      assertThat(failureOf(errands).getType()).isEqualTo(ActivityRules.UNEXPECTED);
    }
  }

  @Test
  void a_full_disk_is_waited_for_and_told_once_with_path_and_free_bytes() {
    boolean[] room = {false};
    Errands errands =
        doing(attempt -> {
          if (room[0]) {
            return "there is room";
          }
          throw new UncheckedIOException(
              "data set d cannot be cached",
              new FileSystemException(
                  folder.resolve("cache/d.part").toString(), null, "No space left on device"));
        });
    for (int i = 0; i < 12; i++) {
      ApplicationFailure failure = failureOf(errands);
      assertThat(failure.getType()).isEqualTo(ActivityRules.LOST);
      assertThat(ActivityRules.isFinal(failure)).isFalse();
      assertThat(failure.getOriginalMessage())
          .contains("No space left on device", "cache/d.part", "bytes on the disk of");
    }
    assertThat(told("waiting")).singleElement().asString().contains("No space left on device");
    assertThat(told("recovered")).as("nobody died").isEmpty();
    room[0] = true;
    assertThat(errands.run("x")).isEqualTo("there is room");
  }

  @Test
  void a_full_disk_that_a_native_library_only_speaks_of_is_a_full_disk_too() {
    Errands errands =
        doing(attempt -> {
          throw new IllegalStateException("write failed: No space left on device (errno 28)");
        });
    for (int i = 0; i < 6; i++) {
      assertThat(failureOf(errands).getType()).isEqualTo(ActivityRules.LOST);
    }
  }

  @Test
  void a_damaged_artifact_is_final_and_names_itself_and_the_command() {
    String sha = "ab".repeat(32);
    ApplicationFailure failure =
        failureOf(
            doing(attempt -> {
              throw new CorruptArtifact(sha, "chunk 1 is missing");
            }));
    assertThat(failure.getType()).isEqualTo(ActivityRules.CORRUPT_ARTIFACT);
    assertThat(ActivityRules.isFinal(failure)).isTrue();
    assertThat(failure.getDetails().get(0, String.class)).isEqualTo(sha);
    assertThat(failure.getOriginalMessage()).contains(sha, "chunk 1 is missing", "espalier verify");
  }

  @Test
  void after_the_first_death_it_runs_with_the_others_and_is_counted_as_a_recovery() {
    die(1);
    assertThat(
            doing(attempt -> "here " + attempt.recovery(), (errand, attempt) -> unwanted())
                .run("x"))
        .isEqualTo("here true");
    assertThat(store.stages().find(Workbench.STAGE_KEY).orElseThrow().recoveries()).isEqualTo(1);
  }

  private static Ending unwanted() {
    throw new AssertionError("nobody asked for a process of its own");
  }

  @Test
  void after_the_second_death_it_runs_alone_and_its_answer_acquits_it() {
    die(2);
    Errands errands =
        doing(
            attempt -> "here",
            (errand, attempt) -> {
              assertThat(errand.activity()).isEqualTo("Run");
              assertThat(errand.request()).isEqualTo("\"x\"");
              assertThat(errand.recovery()).isTrue();
              return new Ending.Answered("\"alone\"");
            });
    assertThat(errands.run("x")).isEqualTo("alone");
    assertThat(told("alone")).hasSize(1);
    assertThat(errands.run("x")).as("it is no suspect any more").isEqualTo("here");
  }

  @Test
  void deaths_alone_wait_longer_and_longer_and_end_after_so_many_and_so_long() {
    die(2);
    Deque<Duration> waits = new ArrayDeque<>();
    Errands errands = doing(attempt -> "here", (errand, attempt) -> new Ending.Died("was killed"));
    for (int death = 1; death <= 2; death++) { // 2 s and 4 s of 8
      ApplicationFailure failure = failureOf(errands);
      assertThat(failure.getType()).isEqualTo(ActivityRules.LOST);
      waits.add(failure.getNextRetryDelay());
    }
    assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    ApplicationFailure last = failureOf(errands);
    assertThat(last.getType()).isEqualTo(ActivityRules.EXHAUSTED);
    assertThat(last.getOriginalMessage()).contains("killed its own process 3 times");
  }

  @Test
  void many_deaths_alone_in_a_short_time_end_nothing() {
    Patience usual = Patience.usual();
    assertThat(usual.waitAfter(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(usual.waitAfter(5)).isEqualTo(Duration.ofSeconds(32));
    assertThat(usual.waitAfter(7)).isEqualTo(Duration.ofMinutes(2));
    assertThat(usual.waitAfter(1_000_000)).isEqualTo(Duration.ofMinutes(2));
    die(2);
    Errands errands = doing(attempt -> "here", (errand, attempt) -> new Ending.Died("was killed"));
    failureOf(errands);
    store.units().begin(UNIT.id(), "progress", "worker");
    store.units().checkpoint(UNIT.id(), "progress", new CheckpointRef("sha", 0, 1));
    die(2);
    assertThat(failureOf(errands).getNextRetryDelay())
        .as("after progress it begins anew")
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void what_its_own_process_says_is_the_attempts_end() {
    die(2);
    ApplicationFailure failure =
        failureOf(
            doing(
                attempt -> "here",
                (errand, attempt) ->
                    new Ending.Failed(new Failure(Failure.Kind.DIVERGED, "NaN", ""))));
    assertThat(failure.getType()).isEqualTo(ActivityRules.DIVERGED);
    assertThat(failure.getOriginalMessage()).isEqualTo("NaN");
  }
}
