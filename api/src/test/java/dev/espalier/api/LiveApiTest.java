package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Digest;
import dev.espalier.store.StageProgress;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events. */
final class LiveApiTest {
  @TempDir private static Path folder;
  private static PlantedServer planted;

  @BeforeAll
  static void plant() {
    planted = PlantedServer.start(folder);
    planted.garden().plant("te-nas-live22", 0, Growth.PRUNING);
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  @Test
  void tellsAllThatHappenedThenTheStateAsItIs() {
    try (Stream stream = Stream.of(planted.http(), "/api/experiments/te-nas-live22/events")) {
      assertThat(stream.type()).startsWith("text/event-stream");
      assertThat(stream.next("event").data().path("text").asText()).isEqualTo("Launched by a test");
      assertThat(stream.next("event").id()).isEqualTo("2");
      assertThat(stream.next("snapshot").data().path("state").asText()).isEqualTo("RUNNING");
      stream.next("plots");
    }
  }

  @Test
  void tellsASnapshotWhenSomethingChanges() {
    planted.garden().plant("te-nas-live33", 1, Growth.PRUNING);
    try (Stream stream =
        Stream.of(planted.http(), "/api/experiments/te-nas-live33/events?after=99")) {
      stream.next("snapshot");
      stream.next("plots");

      String prune = Digest.sha256("te-nas-live33/prune");
      planted
          .store()
          .stages()
          .progress(prune, new StageProgress(2, 3, 30, 39, "measurements", null));

      assertThat(stream.next("snapshot").data().at("/stages/1/progress/done").asInt())
          .isEqualTo(30);
      stream.next("plots");
    }
  }

  @Test
  void tellsThatThePlotsHaveNewsAfterEachEpoch() {
    planted.garden().plant("te-nas-live66", 1, Growth.TRAINING);
    String evaluate = Digest.sha256("te-nas-live66/evaluate");
    String training =
        planted
            .http()
            .json("/api/experiments/te-nas-live66/plots")
            .at("/trainings/1/evaluationId")
            .asText();
    try (Stream stream = Stream.of(planted.http(), "/api/experiments/te-nas-live66/events")) {
      stream.next("plots");

      planted.store().measurements().append(evaluate, 0, "validation-" + training, 5, 0.4);

      stream.next("plots");
    }
  }

  @Test
  void tellsANewEventWhileOneListens() {
    planted.garden().plant("te-nas-live44", 1, Growth.QUEUED);
    try (Stream stream = Stream.of(planted.http(), "/api/experiments/te-nas-live44/events")) {
      stream.next("snapshot");

      planted.store().events().append("te-nas-live44", "late", "started", "Started late", "a test");

      Stream.Message message = stream.next("event");
      assertThat(message.data().path("text").asText()).isEqualTo("Started late");
      assertThat(message.id()).isEqualTo("2");
    }
  }

  @Test
  void takesUpALostConnectionAfterTheLastEvent() {
    try (Stream stream =
        Stream.of(planted.http(), "/api/experiments/te-nas-live22/events", "Last-Event-ID", "3")) {
      assertThat(stream.next("event").id()).isEqualTo("4");
    }
    try (Stream stream =
        Stream.of(planted.http(), "/api/experiments/te-nas-live22/events?after=4")) {
      assertThat(stream.next("event").id()).isEqualTo("5");
    }
  }

  @Test
  void tellsTheListAgainWhenAnExperimentIsNew() {
    try (Stream stream = Stream.of(planted.http(), "/api/events")) {
      int before = stream.next("experiments").data().size();

      planted.garden().plant("te-nas-live55", 2, Growth.QUEUED);

      assertThat(stream.next("experiments").data()).hasSize(before + 1);
    }
  }

  @Test
  void tellsOfSeveralExperimentsAndTheListByOneConnection() {
    planted.garden().plant("te-nas-live77", 1, Growth.QUEUED);
    try (Stream stream =
        Stream.of(
            planted.http(),
            "/api/live?list=true&experiment=te-nas-live77&experiment=te-nas-live22:4&experiment=te-nas-gone")) {
      assertThat(stream.next("experiments").data().path("total").asInt()).isPositive();
      assertThat(stream.next("missing").data().path("experiment").asText())
          .isEqualTo("te-nas-gone");
      JsonNode first = stream.next("event").data();
      assertThat(first.path("experiment").asText()).isEqualTo("te-nas-live77");
      assertThat(first.at("/data/text").asText()).isEqualTo("Launched by a test");
      JsonNode later = stream.next("event").data();
      assertThat(later.path("experiment").asText()).isEqualTo("te-nas-live22");
      assertThat(later.at("/data/sequence").asInt()).isEqualTo(5);

      planted.garden().plant("te-nas-live88", 2, Growth.QUEUED);

      stream.next("experiments");
    }
  }

  @Test
  void takesUpALostConnectionToSeveralExperimentsAfterTheLastEventOfEach() {
    String path = "/api/live?experiment=te-nas-live22:4";
    String last;
    try (Stream stream = Stream.of(planted.http(), path)) {
      last = stream.next("event").id();
      assertThat(last).isEqualTo("te-nas-live22:5");
    }
    try (Stream stream =
        Stream.of(planted.http(), path, "Last-Event-ID", "te-nas-live22:3 te-nas-other:9")) {
      assertThat(stream.next("event").id()).isEqualTo("te-nas-live22:4");
    }
  }

  @Test
  void tellsTheListOnlyIfItIsAnotherThanTheOneThatIsKnown() {
    String known;
    try (Stream stream = Stream.of(planted.http(), "/api/events?q=live99")) {
      known = stream.next("experiments").id();
    }
    try (Stream stream =
        Stream.of(planted.http(), "/api/events?q=live99", "Last-Event-ID", known)) {
      planted.garden().plant("te-nas-live99", 2, Growth.QUEUED);

      assertThat(stream.next("experiments").data()).as("the new one first").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/experiments/te-nas-live22/events", "/api/events", "/api/live?list=true"})
  void refusesALastEventThatIsNone(String path) throws Exception {
    HttpResponse<InputStream> response = planted.http().open(path, "Last-Event-ID", "yesterday");
    try (InputStream body = response.body()) {
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Last-Event-ID", "yesterday");
    }
  }

  @Test
  void refusesToFollowFromNowhere() {
    assertThat(planted.http().get("/api/live?experiment=te-nas-live22:x").body())
        .contains("sequence of the last event");
  }

  @Test
  void sendsAHeartbeatWhileNothingHappens() {
    try (Stream stream = Stream.of(planted.http(), "/api/events")) {
      stream.next("heartbeat");
    }
  }
}
