package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What the store promises to many writers at once, on a server whose updates are atomic. FerretDB
 * 1.23's are not: of 400 concurrent {@code $inc} by one, 41 were left (8 threads, SQLite handler).
 * Inserts are atomic everywhere, so {@link StoreContract} has the race for a stage.
 */
interface AtomicUpdatesContract extends StoreContract {
  StageDocument STAGE = StageDocument.running("k", "prune", "{}", List.of());

  @Test
  default void ofManyThatTakeAStageOverAtOnceExactlyOneGetsIt() throws Exception {
    Stages stages = fixture().store().stages();
    stages.claim(STAGE, "dead");

    List<Boolean> taken =
        StoreContract.concurrently(8, number -> stages.takeOver("k", "dead", "e" + number));

    assertThat(taken).filteredOn(won -> won).hasSize(1);
  }

  @Test
  default void eventsOfManyConcurrentWritersAreDenseUniqueAndAcrossBuckets() throws Exception {
    Events events = fixture().store().events();
    int writers = 4;
    int each = 22;

    StoreContract.concurrently(
        writers,
        writer -> {
          for (int number = 0; number < each; number++) {
            events.append("e1", "shared/" + number, "shared", "by all", "all");
            events.append("e1", writer + "/" + number, "own", "text", "writer " + writer);
          }
          return writer;
        });

    List<Event> stored = events.list("e1");
    int expected = writers * each + each;
    assertThat(stored)
        .extracting(Event::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, expected).boxed().toList());
    assertThat(stored).extracting(Event::key).doesNotHaveDuplicates().hasSize(expected);
    assertThat(events.list("e1", expected - 3)).hasSize(3);
    assertThat(events.append("e1", "shared/0", "shared", "by all", "all").sequence())
        .isEqualTo(
            stored.stream()
                .filter(event -> event.key().equals("shared/0"))
                .findFirst()
                .orElseThrow()
                .sequence());
    for (int writer = 0; writer < writers; writer++) {
      String prefix = writer + "/";
      assertThat(stored)
          .extracting(Event::key)
          .filteredOn(key -> key.startsWith(prefix))
          .containsExactlyElementsOf(
              IntStream.range(0, each).mapToObj(number -> prefix + number).toList());
    }
  }

  @Test
  default void attemptsThatBeginAtOnceAreAllCounted() throws Exception {
    Units units = fixture().store().units();

    List<UnitAttempt> begun =
        StoreContract.concurrently(8, number -> units.begin("u", "t" + number, "w"));

    assertThat(begun)
        .extracting(UnitAttempt::attempts)
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
  }
}
