package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of ten thousand experiments, part by part. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ManyExperimentsTest {
  static final int MANY = 10_000;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private static Path folder;
  private static PlantedServer planted;
  private static Http http;

  /** Number 0 is the oldest. Every 7th is cancelled, every 100th needs a person, 3 run. */
  static void plant(Store store) {
    String specification =
        TeNasSpecification.preset("quick", Map.of("data", "cifar10-sample", "seed", "0"))
            .canonical();
    // side by side, since each insert is safe on disk before it is answered
    IntStream.range(0, MANY)
        .parallel()
        .forEach(i -> store.experiments().insert(document(i, specification)));
  }

  private static ExperimentDocument document(int i, String specification) {
    ExperimentState state = state(i);
    boolean over = state == ExperimentState.COMPLETED;
    Instant created = BEGIN.plusSeconds(60L * i);
    return new ExperimentDocument(
        "te-nas-%05d".formatted(i),
        specification.replace("\"seed\":0", "\"seed\":" + i % 50),
        state,
        ExperimentState.RUNNING,
        state == ExperimentState.NEEDS_ATTENTION ? "it diverged" : null,
        Planting.NUMERIC_CLASS,
        Garden.DATA_DIGEST,
        over ? Digest.sha256("" + i) : null,
        over
            ? "{\"architecture\":\"a\",\"accuracy\":{\"test\":%s}}"
                .formatted((i * 7919 % MANY) / (double) MANY)
            : null,
        "",
        created,
        created.plusSeconds(1),
        over || state == ExperimentState.CANCELLED ? created.plusSeconds(30 + i % 600) : null,
        List.of(new ExperimentStage("prepare-data", "prepare", "", StageState.PENDING, null)),
        i % 2 == 0 ? "ada" : "grace",
        "0.1.0",
        0,
        null);
  }

  private static ExperimentState state(int i) {
    if (i >= MANY - 3) {
      return ExperimentState.RUNNING;
    }
    if (i % 100 == 50) {
      return ExperimentState.NEEDS_ATTENTION;
    }
    return i % 7 == 0 ? ExperimentState.CANCELLED : ExperimentState.COMPLETED;
  }

  @BeforeAll
  static void open() {
    planted = PlantedServer.start(folder);
    http = planted.http();
    plant(planted.store());
  }

  @AfterAll
  static void close() {
    planted.close();
  }

  private static List<String> ids(String query) {
    return http.json("/api/experiments" + query).findValuesAsText("id");
  }

  private static String header(String query, String name) {
    return http.get("/api/experiments" + query).headers().firstValue(name).orElse("");
  }

  @Test
  void givesAPartOfSoManyNewestFirstAndSaysOfHowMany() {
    HttpResponse<String> response = http.get("/api/experiments?limit=50");

    JsonNode list = Json.read(response.body(), JsonNode.class);
    assertThat(list).hasSize(50);
    assertThat(list.get(0).path("id").asText()).isEqualTo("te-nas-09999");
    assertThat(response.headers().firstValue("X-Total-Count")).contains("10000");
    assertThat(response.headers().firstValue("X-Count-RUNNING")).contains("3");
    assertThat(response.headers().firstValue("Link"))
        .contains("</api/experiments?limit=50&offset=50>; rel=\"next\"");
  }

  @Test
  void goesThroughAllOfThemByTheCursorWithoutLossOrRepetition() {
    List<String> all = new ArrayList<>();
    String after = "";
    while (true) {
      List<String> part = ids("?limit=1000" + after);
      all.addAll(part);
      if (part.size() < 1000) {
        break;
      }
      after = "&after=" + part.getLast();
    }
    assertThat(all).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(header("?limit=1000" + after, "Link")).isEmpty();
  }

  @Test
  void findsTheStatesThatAreAskedFor() {
    assertThat(ids("?state=running"))
        .containsExactly("te-nas-09999", "te-nas-09998", "te-nas-09997");
    assertThat(header("?state=running,needs-attention&limit=1", "X-Total-Count")).isEqualTo("103");
    assertThat(header("?state=running&state=NEEDS_ATTENTION&limit=1", "X-Total-Count"))
        .isEqualTo("103");
  }

  @Test
  void findsWhatHasAllTheWordsSomewhere() {
    assertThat(ids("?q=00042")).containsExactly("te-nas-00042");
    assertThat(ids("?q=Grace%20RUNNING")).containsExactly("te-nas-09999", "te-nas-09997");
    assertThat(ids("?q=no%20such%20thing")).isEmpty();
    assertThat(header("?q=ada&limit=1", "X-Total-Count")).isEqualTo("5000");
    assertThat(header("?q=seed%204&limit=1", "X-Total-Count")).as("not 40").isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource({
    "created, te-nas-00000",
    "-created, te-nas-09999",
    "seed, te-nas-09950",
    "-seconds, te-nas-09599"
  })
  void putsThemInTheOrderThatIsAskedFor(String sort, String first) {
    assertThat(ids("?limit=3&sort=" + sort).getFirst()).isEqualTo(first);
  }

  @Test
  void putsWhatIsNotMeasuredLastInEitherDirection() {
    JsonNode best = http.json("/api/experiments?limit=100&sort=-accuracy");
    JsonNode worst = http.json("/api/experiments?limit=100&sort=accuracy");

    assertThat(best.get(0).path("accuracy").asDouble()).isGreaterThan(0.999);
    assertThat(worst.get(0).path("accuracy").asDouble()).isLessThan(0.001);
    for (JsonNode list : List.of(best, worst)) {
      assertThat(list).allMatch(line -> line.path("accuracy").isNumber());
    }
  }

  @Test
  @Order(Integer.MAX_VALUE) // what it changes the others would see
  void seesWhatChangesAndWhatIsNewInTime() {
    assertThat(ids("?limit=1")).isNotEmpty();
    planted.store().experiments().updateState("te-nas-00050", ExperimentState.CANCELLED, null);
    assertThat(ids("?state=cancelled&q=te-nas-00050")).containsExactly("te-nas-00050");

    String launched =
        Json.read(
                http.post(
                        "/api/experiments",
                        "{\"specification\": {\"method\": \"te-nas\"}, \"launchedBy\": \"newcomer\"}")
                    .body(),
                JsonNode.class)
            .path("id")
            .asText();
    assertThat(ids("?q=newcomer")).containsExactly(launched);
  }

  @Test
  void followsTheListByNumbersAlone() {
    try (Stream stream = Stream.of(http, "/api/live?list=true")) {
      JsonNode told = stream.next("experiments").data();

      assertThat(told.path("total").asInt()).isGreaterThanOrEqualTo(MANY);
      assertThat(told.at("/states/RUNNING").asInt()).isEqualTo(3);
      assertThat(told.toString()).hasSizeLessThan(300);
    }
  }

  @Test
  void refusesWhatItDoesNotKnowWithEveryMistakeAtOnce() {
    HttpResponse<String> response =
        http.get("/api/experiments?limt=5&limit=0&offset=-1&state=done&sort=size");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Json.read(response.body(), JsonNode.class).path("problems")).hasSize(5);
    assertThat(response.body())
        .contains("Did you mean limit?", "from 1 to 1,000", "COMPLETED", "accuracy");
    assertThat(http.get("/api/experiments?after=te-nas-gone").statusCode()).isEqualTo(404);
  }
}
