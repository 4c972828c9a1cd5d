package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
  private static final Duration CALM = Duration.ofSeconds(8);
  private OptionalInt unfinished = OptionalInt.of(0);

  private IdleWatch watch(int firstWorkSeconds) {
    return new IdleWatch(() -> unfinished, Duration.ofSeconds(firstWorkSeconds), CALM, 0);
  }

  private static long second(int second) {
    return Duration.ofSeconds(second).toNanos();
  }

  @Test
  void isDoneOnceNothingWasUnfinishedForAWhile() {
    IdleWatch watch = watch(0);

    assertThat(watch.isDone(second(1))).isFalse();
    assertThat(watch.isDone(second(8))).isFalse();
    assertThat(watch.isDone(second(9))).isTrue();
  }

  @Test
  void beginsAnewWhenWorkArrives() {
    IdleWatch watch = watch(0);
    watch.isDone(second(1));
    unfinished = OptionalInt.of(1);
    assertThat(watch.isDone(second(20))).isFalse();
    unfinished = OptionalInt.of(0);

    assertThat(watch.isDone(second(21))).isFalse();
    assertThat(watch.isDone(second(29))).isTrue();
  }

  @Test
  void waitsForTheFirstWorkAsLongAsItWasToldTo() {
    IdleWatch watch = watch(60);
    watch.isDone(second(1));

    assertThat(watch.isDone(second(59))).isFalse();
    assertThat(watch.isDone(second(60))).isTrue();
  }

  @Test
  void staysWhileItCannotKnow() {
    IdleWatch watch = watch(0);
    watch.isDone(second(1));
    unfinished = OptionalInt.empty();
    assertThat(watch.isDone(second(100))).isFalse();
    unfinished = OptionalInt.of(0);

    assertThat(watch.isDone(second(101))).isFalse();
  }

  @Test
  void countsExperimentsThatHaveWorkToDo() {
    assertThat(
            Unfinished.countIn(
                """
                [{"id":"a","state":"COMPLETED"},{"id":"b","state":"RUNNING"},{"id":"c","state":"QUEUED"},
                 {"id":"d","state":"PAUSED"},{"id":"e","state":"NEEDS_ATTENTION"},{"id":"f","state":"CANCELLED"}]\
                """))
        .hasValue(2);
    assertThat(Unfinished.countIn("{\"experiments\":[{\"state\":\"RUNNING\"}]}")).hasValue(1);
    assertThat(Unfinished.countIn("{\"error\":\"starting\"}")).isEmpty();
  }
}
