package dev.espalier.activities.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.Store;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.failure.ActivityFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  private static final UnitName UNIT =
      new UnitName(
          new StageRef(Workbench.EXPERIMENT, "work", Workbench.STAGE_KEY), "unit", "The work");

  @TempDir private Path folder;

  private Workbench workbench;
  private Store store;

  /** Some work, as an activity. */
  @ActivityInterface
  public interface Work {
    String run();
  }

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    store = workbench.store();
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private String once(Function<Checkpoints, String> work, Runnable onNew) {
    Results results = new Results(store, workbench.units());
    Work implementation =
        () ->
            results.once(
                UNIT,
                new Task<>("request", String.class, 5),
                "result",
                attempt -> work.apply(checkpoints(attempt)),
                onNew);
    return workbench.activities(Work.class, implementation).run();
  }

  private Checkpoints checkpoints(Attempt attempt) {
    return new Checkpoints(store, workbench.metrics(), UNIT, attempt);
  }

  private static byte[] state(int step) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(step).array();
  }

  @Test
  void checkpoints_go_when_the_result_is_recorded_and_not_before() {
    List<CheckpointRef> whenRecorded = new ArrayList<>();

    String result =
        once(
            checkpoints -> {
              checkpoints.keep(state(1), 0, 1);
              return "done";
            },
            () -> whenRecorded.addAll(store.units().checkpoints(UNIT.id())));

    assertThat(result).isEqualTo("done");
    assertThat(whenRecorded).as("a kill at this moment computes nothing again").hasSize(1);
    assertThat(store.units().checkpoints(UNIT.id())).isEmpty();
  }

  @Test
  void what_a_kill_after_the_record_left_goes_with_the_next_attempt() {
    store.units().begin(UNIT.id(), "killed", "worker");
    String sha = store.artifacts().put(state(1), CheckpointRef.KIND, Map.of());
    store.units().checkpoint(UNIT.id(), "killed", new CheckpointRef(sha, 0, 1));
    store.units().end(UNIT.id(), "killed", "done");
    store.measurements().record(UNIT.ref().stageKey(), 0, "result", "\"recorded\"");

    String result =
        once(
            checkpoints -> {
              throw new AssertionError("it is recorded, so nothing is computed");
            },
            () -> {});

    assertThat(result).isEqualTo("recorded");
    assertThat(store.units().checkpoints(UNIT.id())).isEmpty();
  }

  @Test
  void a_zombie_stops_at_its_next_checkpoint_and_names_none() {
    assertThatExceptionOfType(ActivityFailure.class)
        .isThrownBy(() ->
            once(
                checkpoints -> {
                  store.units().begin(UNIT.id(), "the next attempt", "another worker");
                  checkpoints.keep(state(1), 0, 1);
                  return "a zombie's";
                },
                () -> {}));

    assertThat(store.units().checkpoints(UNIT.id())).isEmpty();
    assertThat(store.measurements().find(UNIT.ref().stageKey(), 0, "result")).isEmpty();
  }

  @Test
  void a_checkpoint_that_was_collected_before_it_was_named_is_there_all_the_same()
      throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread collector =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                store.collectCheckpoints(Duration.ZERO);
              }
            });
    try {
      once(
          checkpoints -> {
            for (int step = 0; step < 100; step++) {
              checkpoints.keep(state(step), 0, step);
              assertThat(store.units().checkpoints(UNIT.id()))
                  .allMatch(kept -> store.artifacts().isWhole(kept.sha()));
            }
            return "done";
          },
          () -> {});
    } finally {
      over.set(true);
      collector.join();
    }
  }
}
