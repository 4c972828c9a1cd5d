package dev.espalier.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store promises, whichever server is behind it. */
interface StoreContract {
  Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  /** A store on a database of its own, whose clock stands at {@link #NOW} until it is moved. */
  StoreUnderTest fixture();

  private Store store() {
    return fixture().store();
  }

  private static ExperimentDocument experiment(String id, Instant created) {
    return ExperimentDocument.launched(
        id,
        "{\"method\":\"te-nas\",\"space\":\"nas-bench-201\",\"data\":\"cifar10\",\"preset\":\"quick\",\"seed\":7}",
        "",
        List.of(
            new ExperimentStage("prepare-data", "prepare-data", "", StageState.PENDING, null),
            new ExperimentStage("prune", "prune", "", StageState.PENDING, null)),
        created,
        "ada",
        "0.1.0");
  }

  // ---- identity and lease

  @Test
  default void itsIdentityStaysTheFirstOne() {
    String identity = store().identity();

    assertThat(identity).matches("[a-z0-9]{8}");
    assertThat(store().identity()).isEqualTo(identity);
  }

  @Test
  default void theLeaseIsTakenOnceAndFromAnotherOnlyWhileThatOneIsSilent() {
    Lease lease = store().lease();
    assertThat(lease.find()).isEmpty();
    assertThat(lease.takeFree("one", "at 1", "me")).isTrue();
    assertThat(lease.takeFree("two", "at 2", "you")).isFalse();
    Lease.Held heard = lease.find().orElseThrow();
    assertThat(heard).isEqualTo(new Lease.Held("one", "at 1", "me", 0));

    assertThat(lease.beat("one")).isTrue();
    assertThat(lease.takeFrom(heard, "two", "at 2", "you")).isFalse();
    assertThat(lease.takeFrom(lease.find().orElseThrow(), "two", "at 2", "you")).isTrue();
    assertThat(lease.beat("one")).isFalse();

    lease.release("me");
    assertThat(lease.find()).isPresent();
    lease.release("you");
    assertThat(lease.find()).isEmpty();
  }

  @Test
  default void aResultWhoseArtifactsWereLostIsMadeAgainAndComparedWithWhatItWas() {
    Stages stages = store().stages();
    stages.claim(StageDocument.running("k1", "prune", "{}", List.of()), "e1");
    stages.finish("k1", "{\"a\":1}", 1, Map.of());

    assertThat(stages.reopen("k1", "{\"a\":1}", "e2")).isEqualTo(1);
    assertThat(stages.find("k1").orElseThrow().result()).isNull();
    assertThat(stages.find("k1").orElseThrow().owner()).isEqualTo("e2");
    assertThat(stages.finish("k1", "{\"a\":1}", 1, Map.of())).isEqualTo(Recorded.NEW);

    assertThat(stages.reopen("k1", "{\"a\":1}", "e2")).isEqualTo(2);
    assertThat(stages.finish("k1", "{\"a\":2}", 1, Map.of())).isEqualTo(Recorded.DIFFERENT);
  }

  // ---- upkeep

  private Upkeep upkeep() {
    return store().upkeep((key, salt) -> Digest.sha256(key + salt));
  }

  /** A completed experiment of one stage, which trained one network. */
  private void trained(String id, String stage, String evaluation, String weights) {
    store().experiments().insert(experiment(id, NOW));
    store().stages().claim(StageDocument.running(stage, "train", "{}", List.of()), id);
    String sha = store().artifacts().put(weights.getBytes(UTF_8), "weights", Map.of());
    store()
        .evaluations()
        .record(
            new EvaluationDocument(
                evaluation, "s", "a", "d", "{}", 0, Map.of(), List.of(sha), 1, "cpu", NOW));
    store().measurements().record(stage, 0, "trained-" + evaluation, "{}");
    store().measurements().append(stage, 0, "loss-" + evaluation, 1, 0.5);
    store().units().begin(stage + "/report", "t1", "w");
    store().units().begin("train/" + evaluation, "t1", "w");
    store().stages().finish(stage, "{}", 1, Map.of());
    store()
        .experiments()
        .updateStage(id, new ExperimentStage("prune", "prune", stage, StageState.COMPLETED, null));
    store().events().append(id, "launched", "launched", "Launched", "ada");
    store().archiving().begin(id);
    store().experiments().complete(id, "d", "{}");
  }

  private long documents() {
    return store().inspect().documents();
  }

  @Test
  default void aDeletedExperimentLeavesNothingButTheNoteOfItsDeletion() {
    store().artifacts().collectStrays(Duration.ZERO);
    long before = documents();
    trained("e1", "1a".repeat(32), "2a".repeat(32), "weights");
    assertThat(upkeep().usage().experiments())
        .containsExactly(new Usage.OfExperiment("e1", 7, 0, Map.of("weights", 7L)));

    Deletion deletion = upkeep().delete("e1", "bob").orElseThrow();

    assertThat(deletion.by()).isEqualTo("bob");
    assertThat(deletion.at()).isEqualTo(NOW);
    assertThat(deletion.freed()).isEqualTo(new Deletion.Freed(1, 1, 1, 7));
    assertThat(documents()).isEqualTo(before + 1);
    assertThat(fixture().raw("chunks").countDocuments()).isZero();
    assertThat(upkeep().delete("e1", "bob")).isEmpty();
    assertThat(upkeep().deletionOf("e1").map(Deletion::by)).contains("bob");
  }

  @Test
  default void whatOthersHaveTooStaysUntilTheLastOfThemIsDeleted() {
    trained("e1", "1a".repeat(32), "2a".repeat(32), "shared");
    trained("e2", "1b".repeat(32), "2a".repeat(32), "shared");
    trained("e3", "1b".repeat(32), "2c".repeat(32), "own");
    Upkeep.Preview preview = upkeep().preview("e1");
    assertThat(preview.frees().stages()).containsExactly("1a".repeat(32));
    assertThat(preview.frees().evaluations()).isEmpty();
    assertThat(preview.stays().evaluations()).containsExactly("2a".repeat(32));
    assertThat(preview.bytesStaying()).isEqualTo(6);
    assertThat(preview.sharers()).containsExactly("e2", "e3");

    assertThat(upkeep().delete("e1", "bob").orElseThrow().freed().bytes()).isZero();
    assertThat(store().evaluations().find("2a".repeat(32))).isPresent();
    assertThat(upkeep().delete("e2", "bob").orElseThrow().freed().stages()).isZero();
    assertThat(upkeep().delete("e3", "bob").orElseThrow().freed())
        .isEqualTo(new Deletion.Freed(1, 2, 2, 9));
    assertThat(upkeep().usage().total()).isZero();
  }

  @Test
  default void dataSetsAndModelsAreNobodysToDelete() {
    trained("e1", "1a".repeat(32), "2a".repeat(32), "bytes");
    String sha = store().artifacts().put("bytes".getBytes(UTF_8), "dataset", Map.of());
    store()
        .datasets()
        .put(
            new DatasetDocument(
                "3a".repeat(32),
                "set",
                DatasetDocument.IMAGES,
                new DatasetContents(1, 1, 1, 2, List.of("a", "b"), 1, 1),
                sha,
                "folder",
                NOW));
    assertThat(upkeep().usage().imported()).isEqualTo(5);

    upkeep().delete("e1", "bob");

    assertThat(store().artifacts().exists(sha)).isTrue();
  }

  @Test
  default void whatIsNotOverIsNotDeleted() {
    store().experiments().insert(experiment("e1", NOW));
    for (ExperimentState state :
        List.of(
            ExperimentState.QUEUED,
            ExperimentState.RUNNING,
            ExperimentState.PAUSED,
            ExperimentState.NEEDS_ATTENTION)) {
      store().experiments().updateState("e1", state, null);
      assertThat(upkeep().delete("e1", "bob")).isEmpty();
    }
    assertThat(store().experiments().find("e1")).isPresent();
    assertThat(upkeep().deletions()).isEmpty();
  }

  /** As if killed after so many of the writes of a deletion. */
  @Test
  default void aDeletionThatWasBegunIsFinishedWhereverItWasKilled() {
    trained("e1", "1a".repeat(32), "2a".repeat(32), "weights");
    Document experiment = fixture().raw("experiments").find(new Document("_id", "e1")).first();
    Upkeep upkeep = upkeep();
    upkeep.delete("e1", "bob");
    long clean = documents();
    for (String left : List.of("experiment", "artifact", "evaluation", "stage", "events")) {
      if (left.equals("experiment")) {
        fixture().raw("experiments").insertOne(experiment);
      }
      trainedAgain(left);
      fixture()
          .raw("deletions")
          .updateOne(
              new Document(),
              new Document(
                  "$set",
                  new Document("removed", false)
                      .append(
                          "holding",
                          new Document("stages", List.of("1a".repeat(32)))
                              .append("digests", List.of())
                              .append("salts", List.of()))));
      assertThat(upkeep.goOn()).hasSize(1);
      assertThat(documents()).as(left).isEqualTo(clean);
    }
    upkeep.goOn().forEach(upkeep::done);
    assertThat(upkeep.goOn()).isEmpty();
  }

  /** What a deletion that was killed before it came to this has left. */
  private void trainedAgain(String left) {
    String stage = "1a".repeat(32);
    String evaluation = "2a".repeat(32);
    boolean artifact = left.equals("experiment") || left.equals("artifact");
    if (artifact) {
      store().artifacts().put("weights".getBytes(UTF_8), "weights", Map.of());
    }
    if (artifact || left.equals("evaluation")) {
      String sha = Digest.sha256("weights".getBytes(UTF_8));
      store()
          .evaluations()
          .record(
              new EvaluationDocument(
                  evaluation, "s", "a", "d", "{}", 0, Map.of(), List.of(sha), 1, "cpu", NOW));
      store().measurements().record(stage, 0, "trained-" + evaluation, "{}");
    }
    if (!left.equals("events")) {
      store().stages().claim(StageDocument.running(stage, "train", "{}", List.of()), "e1");
    }
    store().events().append("e1", "launched", "launched", "Launched", "ada");
  }

  @Test
  default void aDeletionWhoseExperimentGoesOnIsForgotten() {
    store().experiments().insert(experiment("e1", NOW));
    fixture()
        .raw("deletions")
        .insertOne(
            new Document("_id", "e1/1")
                .append("experiment", "e1")
                .append("removed", false)
                .append("done", false));

    assertThat(upkeep().goOn()).isEmpty();

    assertThat(store().experiments().find("e1")).isPresent();
    assertThat(upkeep().deletions()).isEmpty();
  }

  @Test
  default void evaluationsUnderASaltAreFoundByIt() {
    String salted = Digest.sha256("2a".repeat(32) + "e1");
    trained("e1", "1a".repeat(32), "2a".repeat(32), "weights");
    fixture()
        .raw("experiments")
        .updateOne(new Document(), new Document("$set", new Document("salt", "e1")));
    store()
        .evaluations()
        .record(
            new EvaluationDocument(
                salted, "s", "a", "d", "{}", 0, Map.of(), List.of(), 1, "cpu", NOW));

    upkeep().delete("e1", "bob");

    assertThat(store().evaluations().find(salted)).isEmpty();
  }

  @Test
  default void aWishIsCountedOnceAndKnownToTheRunThatWasTold() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));
    assertThat(experiments.steering("e1").isKnownTo("r1")).isFalse();
    experiments.noteTold("e1", experiments.steering("e1").knownTo("r1"));
    assertThat(experiments.steering("e1").isKnownTo("r1")).isTrue();

    assertThat(experiments.setDesired("e1", ExperimentState.PAUSED)).isTrue();
    assertThat(experiments.setDesired("e1", ExperimentState.PAUSED)).isFalse();
    assertThat(experiments.steering("e1").isKnownTo("r1")).isFalse();
    experiments.requestRetry("e1", "");
    Steering wanted = experiments.steering("e1");
    assertThat(wanted.isRetryPending()).isTrue();
    assertThat(wanted.wishes()).isEqualTo(2);
    experiments.noteTold("e1", wanted.knownTo("r2"));
    assertThat(experiments.steering("e1").isRetryPending()).isFalse();
    assertThat(experiments.steering("e1").isKnownTo("r1")).isFalse();
  }

  @Test
  default void historiesStayPendingUntilAllAreKept() {
    Archiving archiving = store().archiving();
    archiving.begin("e1");
    archiving.keep("e1", "run-1", "sha");
    archiving.begin("e1");
    assertThat(archiving.pending()).containsExactly("e1");
    assertThat(archiving.kept("e1")).containsExactly("run-1");
    archiving.done("e1");
    archiving.begin("e1");
    assertThat(archiving.pending()).isEmpty();
  }

  // ---- experiments

  @Test
  default void anExperimentIsReadBackAsItWasStored() {
    ExperimentDocument launched = experiment("e1", NOW);

    assertThat(store().experiments().insert(launched)).isEqualTo(Recorded.NEW);

    assertThat(store().experiments().find("e1")).contains(launched);
    assertThat(store().experiments().find("e2")).isEmpty();
  }

  @Test
  default void theFirstExperimentUnderAnIdStays() {
    ExperimentDocument first = experiment("e1", NOW);
    store().experiments().insert(first);
    ExperimentDocument salted =
        ExperimentDocument.launched(
            "e1", first.specification(), "salt", first.stages(), NOW, "bob", "0.1.0");

    assertThat(store().experiments().insert(first)).isEqualTo(Recorded.SAME);
    assertThat(store().experiments().insert(salted)).isEqualTo(Recorded.DIFFERENT);
    assertThat(store().experiments().find("e1")).contains(first);
  }

  @Test
  default void experimentsAreListedNewestFirst() {
    store().experiments().insert(experiment("old", NOW));
    store().experiments().insert(experiment("new", NOW.plusSeconds(2)));
    store().experiments().insert(experiment("middle", NOW.plusSeconds(1)));

    List<ExperimentSummary> listed = store().experiments().list();

    assertThat(listed).extracting(ExperimentSummary::id).containsExactly("new", "middle", "old");
    ExperimentSummary first = listed.getFirst();
    assertThat(first.method()).isEqualTo("te-nas");
    assertThat(first.space()).isEqualTo("nas-bench-201");
    assertThat(first.data()).isEqualTo("cifar10");
    assertThat(first.preset()).isEqualTo("quick");
    assertThat(first.seed()).isEqualTo(7);
    assertThat(first.stages())
        .extracting(ExperimentStage::name)
        .containsExactly("prepare-data", "prune");
  }

  @Test
  default void unfinishedExperimentsAreThoseNeitherCompletedNorCancelled() {
    for (String id : List.of("completed", "cancelled", "running", "troubled")) {
      store().experiments().insert(experiment(id, NOW));
    }
    store().experiments().complete("completed", "digest", "{}");
    store().experiments().updateState("cancelled", ExperimentState.CANCELLED, "by ada");
    store().experiments().updateState("running", ExperimentState.RUNNING, null);
    store().experiments().updateState("troubled", ExperimentState.NEEDS_ATTENTION, "no data");

    assertThat(store().experiments().unfinished())
        .extracting(ExperimentSummary::id)
        .containsExactlyInAnyOrder("running", "troubled");
  }

  @Test
  default void anExperimentIsStartedOnceAndEndsWhenItIsOver() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));

    experiments.updateState("e1", ExperimentState.RUNNING, null);
    fixture().clock().advance(Duration.ofSeconds(5));
    experiments.updateState("e1", ExperimentState.PAUSED, "by ada");
    experiments.updateState("e1", ExperimentState.RUNNING, null);
    fixture().clock().advance(Duration.ofSeconds(5));
    experiments.updateState("e1", ExperimentState.CANCELLED, "by ada");

    ExperimentDocument stored = experiments.find("e1").orElseThrow();
    assertThat(stored.state()).isEqualTo(ExperimentState.CANCELLED);
    assertThat(stored.reason()).isEqualTo("by ada");
    assertThat(stored.started()).isEqualTo(NOW);
    assertThat(stored.ended()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  default void anExperimentKeepsTheFirstArtifactUnderEachName() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));
    assertThat(experiments.kept("e1")).isEmpty();

    assertThat(experiments.keep("e1", "weights", "sha1")).isEqualTo(Recorded.NEW);
    assertThat(experiments.keep("e1", "weights", "sha1")).isEqualTo(Recorded.SAME);
    assertThat(experiments.keep("e1", "weights", "sha2")).isEqualTo(Recorded.DIFFERENT);
    assertThat(experiments.keep("e1", "report", "sha3")).isEqualTo(Recorded.NEW);

    assertThat(experiments.kept("e1"))
        .isEqualTo(java.util.Map.of("weights", "sha1", "report", "sha3"));
    assertThat(experiments.find("e1")).contains(experiment("e1", NOW));
  }

  @Test
  default void aCompletedExperimentStaysCompletedWithItsFirstResult() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));

    assertThat(experiments.complete("e1", "d1", "{\"a\":1}")).isEqualTo(Recorded.NEW);
    assertThat(experiments.complete("e1", "d1", "{\"a\":1}")).isEqualTo(Recorded.SAME);
    assertThat(experiments.complete("e1", "d2", "{\"a\":2}")).isEqualTo(Recorded.DIFFERENT);
    assertThat(experiments.updateState("e1", ExperimentState.RUNNING, null)).isFalse();
    assertThat(experiments.updateState("e1", ExperimentState.COMPLETED, null)).isTrue();

    ExperimentDocument stored = experiments.find("e1").orElseThrow();
    assertThat(stored.state()).isEqualTo(ExperimentState.COMPLETED);
    assertThat(stored.digest()).isEqualTo("d1");
    assertThat(stored.result()).isEqualTo("{\"a\":1}");
    assertThat(stored.ended()).isEqualTo(NOW);
  }

  @Test
  default void aNoteOfAStateThatComesLateChangesNothing() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));
    Instant first = NOW.plusSeconds(1);
    Instant second = NOW.plusSeconds(40);
    experiments.updateState("e1", ExperimentState.RUNNING, null, first);
    assertThat(experiments.updateState("e1", ExperimentState.NEEDS_ATTENTION, "no room", second))
        .isTrue();

    assertThat(experiments.updateState("e1", ExperimentState.RUNNING, null, first)).isFalse();

    ExperimentDocument stored = experiments.find("e1").orElseThrow();
    assertThat(stored.state()).isEqualTo(ExperimentState.NEEDS_ATTENTION);
    assertThat(stored.reason()).isEqualTo("no room");
    assertThat(experiments.updateState("e1", ExperimentState.RUNNING, null, second.plusMillis(1)))
        .as("a retry")
        .isTrue();
    assertThat(experiments.updateState("e1", ExperimentState.RUNNING, null, second.plusMillis(1)))
        .as("the same note again")
        .isTrue();
  }

  @Test
  default void aCancelledExperimentStaysCancelled() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));
    experiments.updateState("e1", ExperimentState.CANCELLED, "by ada");

    assertThat(experiments.updateState("e1", ExperimentState.RUNNING, null)).isFalse();
    assertThat(experiments.updateState("e1", ExperimentState.NEEDS_ATTENTION, "late")).isFalse();
    assertThat(experiments.updateState("e1", ExperimentState.RUNNING, null, NOW)).isFalse();
    assertThat(experiments.updateState("e1", ExperimentState.CANCELLED, "again")).isTrue();

    assertThat(experiments.find("e1").orElseThrow().state()).isEqualTo(ExperimentState.CANCELLED);
  }

  @Test
  default void aNoteOfAStagesStateThatComesLateChangesNothingUnlessItTellsOfTheEnd() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));
    ExperimentStage running =
        new ExperimentStage("prune", "prune", "key", StageState.RUNNING, null);
    ExperimentStage failed =
        new ExperimentStage("prune", "prune", "key", StageState.FAILED, "no room");
    ExperimentStage completed =
        new ExperimentStage("prune", "prune", "key", StageState.COMPLETED, null);
    assertThat(experiments.updateStage("e1", running, NOW.plusSeconds(1))).isTrue();
    assertThat(experiments.updateStage("e1", failed, NOW.plusSeconds(40))).isTrue();

    assertThat(experiments.updateStage("e1", running, NOW.plusSeconds(1))).isFalse();
    assertThat(experiments.find("e1").orElseThrow().stages()).contains(failed);
    assertThat(experiments.updateStage("e1", completed, NOW.plusSeconds(30))).isTrue();
    assertThat(experiments.find("e1").orElseThrow().stages()).contains(completed);
  }

  @Test
  default void theWishesOfAPersonAreKept() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));

    experiments.setDesired("e1", ExperimentState.PAUSED);
    assertThat(experiments.find("e1").orElseThrow().desired()).isEqualTo(ExperimentState.PAUSED);

    assertThat(experiments.requestRetry("e1", "")).isEqualTo(new Retry(1, ""));
    assertThat(experiments.requestRetry("e1", "prune")).isEqualTo(new Retry(2, "prune"));
    assertThat(experiments.latestRetry("e1")).isEqualTo(new Retry(2, "prune"));
    ExperimentDocument stored = experiments.find("e1").orElseThrow();
    assertThat(stored.desired()).isEqualTo(ExperimentState.RUNNING);
    assertThat(stored.retries()).isEqualTo(2);
  }

  @Test
  default void whatIsFixedAtTheFirstRunStays() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));

    assertThat(experiments.setNumericClass("e1", "cpu/a")).isEqualTo(Recorded.NEW);
    assertThat(experiments.setNumericClass("e1", "cpu/a")).isEqualTo(Recorded.SAME);
    assertThat(experiments.setNumericClass("e1", "cpu/b")).isEqualTo(Recorded.DIFFERENT);
    assertThat(experiments.setDataDigest("e1", "d")).isEqualTo(Recorded.NEW);

    ExperimentDocument stored = experiments.find("e1").orElseThrow();
    assertThat(stored.numericClass()).isEqualTo("cpu/a");
    assertThat(stored.dataDigest()).isEqualTo("d");
  }

  @Test
  default void aStageOfAnExperimentIsReplacedInItsPlace() {
    Experiments experiments = store().experiments();
    experiments.insert(experiment("e1", NOW));
    ExperimentStage reused =
        new ExperimentStage("prepare-data", "prepare-data", "k1", StageState.REUSED, "as in e0");
    ExperimentStage added = new ExperimentStage("report", "report", "", StageState.PENDING, null);

    experiments.updateStage("e1", reused);
    experiments.updateStage("e1", added);

    List<ExperimentStage> stages = experiments.find("e1").orElseThrow().stages();
    assertThat(stages)
        .extracting(ExperimentStage::name)
        .containsExactly("prepare-data", "prune", "report");
    assertThat(stages).contains(reused, added);
  }

  @Test
  default void whatIsDoneToAnUnknownExperimentIsTheCallersMistake() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> store().experiments().setDesired("e9", ExperimentState.PAUSED))
        .withMessageContaining("no experiment \"e9\"")
        .withMessageContaining("espalier list");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> store().experiments().requestRetry("e9", ""));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> store().experiments().complete("e9", "d", "{}"));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> store().experiments().updateState("e9", ExperimentState.RUNNING, null));
  }

  // ---- stages

  private static StageDocument stage(String key) {
    return StageDocument.running(key, "prune", "{\"revision\":1}", List.of("input"));
  }

  @Test
  default void whoInsertsAStageOwnsItAndOthersWait() {
    Stages stages = store().stages();

    assertThat(stages.claim(stage("k"), "e1")).isInstanceOf(Claim.Claimed.class);
    assertThat(stages.claim(stage("k"), "e2"))
        .isInstanceOfSatisfying(Claim.Held.class, held -> assertThat(held.owner()).isEqualTo("e1"));
    assertThat(stages.claim(stage("k"), "e1")).isInstanceOf(Claim.Claimed.class);

    StageDocument stored = stages.find("k").orElseThrow();
    assertThat(stored.owner()).isEqualTo("e1");
    assertThat(stored.inputs()).containsExactly("input");
    assertThat(stored.started()).isEqualTo(NOW);
    assertThat(stored.progress()).isEqualTo(StageProgress.NONE);
  }

  @Test
  default void ofManyThatClaimAStageAtOnceExactlyOneGetsIt() throws Exception {
    Stages stages = store().stages();

    List<Claim> claims = concurrently(12, number -> stages.claim(stage("k"), "e" + number));

    assertThat(claims).filteredOn(claim -> claim instanceof Claim.Claimed).hasSize(1);
    assertThat(claims).filteredOn(claim -> claim instanceof Claim.Held).hasSize(11);
  }

  @Test
  default void aFinishedStageIsReusedByWhoeverClaimsIt() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");
    stages.finish("k", "{\"cell\":1}", 2.5, Map.of("java.version", "25"));

    Claim claim = stages.claim(stage("k"), "e2");

    assertThat(claim)
        .isInstanceOfSatisfying(
            Claim.Finished.class,
            finished -> assertThat(finished.result()).isEqualTo("{\"cell\":1}"));
    assertThat(claim.stage().state()).isEqualTo(StageState.COMPLETED);
    assertThat(claim.stage().owner()).isEqualTo("e1");
    assertThat(claim.stage().seconds()).isEqualTo(2.5);
    assertThat(claim.stage().environment()).isEqualTo(Map.of("java.version", "25"));
    assertThat(claim.stage().ended()).isEqualTo(NOW);
  }

  @Test
  default void theFirstResultOfAStageStays() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");

    assertThat(stages.finish("k", "{\"a\":1}", 1, Map.of())).isEqualTo(Recorded.NEW);
    assertThat(stages.finish("k", "{\"a\":1}", 9, Map.of())).isEqualTo(Recorded.SAME);
    assertThat(stages.finish("k", "{\"a\":2}", 1, Map.of())).isEqualTo(Recorded.DIFFERENT);

    StageDocument stored = stages.find("k").orElseThrow();
    assertThat(stored.result()).isEqualTo("{\"a\":1}");
    assertThat(stored.seconds()).isEqualTo(1);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> stages.finish("unclaimed", "{}", 1, Map.of()));
  }

  @Test
  default void aStageIsTakenOverOnlyFromTheOwnerThatWasSeen() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");

    assertThat(stages.takeOver("k", "e0", "e2")).isFalse();
    assertThat(stages.takeOver("k", "e1", "e2")).isTrue();
    assertThat(stages.takeOver("k", "e1", "e2")).as("again, by the same one").isTrue();
    assertThat(stages.takeOver("k", "e1", "e3")).isFalse();
    assertThat(stages.find("k").orElseThrow().owner()).isEqualTo("e2");

    stages.finish("k", "{}", 1, Map.of());
    assertThat(stages.takeOver("k", "e2", "e3")).as("once it is finished").isFalse();
  }

  @Test
  default void aReleasedStageGoesToTheNextThatClaimsIt() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");

    assertThat(stages.release("k", "e2")).as("not its own").isTrue();
    assertThat(stages.find("k").orElseThrow().owner()).isEqualTo("e1");
    assertThat(stages.release("k", "e1")).isTrue();
    assertThat(stages.release("k", "e1")).isTrue();
    assertThat(stages.claim(stage("k"), "e2")).isInstanceOf(Claim.Claimed.class);
    assertThat(stages.find("k").orElseThrow().state()).isEqualTo(StageState.RUNNING);
  }

  @Test
  default void aFailedStageIsClaimedAgainByItsOwner() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");
    stages.updateState("k", StageState.FAILED);

    assertThat(stages.claim(stage("k"), "e2")).isInstanceOf(Claim.Held.class);
    assertThat(stages.claim(stage("k"), "e1").stage().state()).isEqualTo(StageState.RUNNING);
  }

  @Test
  default void anAttemptAndARecoveryCountOnce() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");

    stages.addAttempt("k", "a1");
    stages.addAttempt("k", "a1");
    stages.addAttempt("k", "a2");
    stages.addRecovery("k", "a2");
    stages.addRecovery("k", "a2");

    StageDocument stored = stages.find("k").orElseThrow();
    assertThat(stored.attempts()).isEqualTo(2);
    assertThat(stored.recoveries()).isEqualTo(1);
  }

  @Test
  default void aStagesDocumentStaysSmallHoweverManyAttemptsItCounts() {
    Stages stages = store().stages();
    stages.claim(StageDocument.running("k", "prune", "{}", List.of()), "e1");
    List<String> old = IntStream.range(0, 500).mapToObj(number -> "old" + number).toList();
    Document ofAnOlderVersion = new Document("attempts", 500).append("attemptsTokens", old);
    fixture()
        .raw("stages")
        .updateOne(new Document("_id", "k"), new Document("$set", ofAnOlderVersion));
    assertThat(stages.find("k").orElseThrow().attempts()).isEqualTo(500);

    for (int attempt = 0; attempt < 100; attempt++) {
      stages.addAttempt("k", "a" + attempt);
      stages.addAttempt("k", "a" + attempt);
    }

    assertThat(stages.find("k").orElseThrow().attempts()).isEqualTo(600);
    Document stored = fixture().raw("stages").find(new Document("_id", "k")).first();
    assertThat(stored.getList("attemptsTokens", String.class)).hasSizeLessThan(100);
  }

  @Test
  default void progressIsNotedUntilTheStageIsFinished() {
    Stages stages = store().stages();
    stages.claim(stage("k"), "e1");
    StageProgress half = new StageProgress(1, 4, 12, 24, "candidates", "round 1");

    stages.progress("k", half);
    stages.finish("k", "{}", 1, Map.of());
    stages.progress("k", StageProgress.NONE);

    assertThat(stages.find("k").orElseThrow().progress()).isEqualTo(half);
    assertThat(stages.find(List.of("k", "unknown"))).hasSize(1);
    assertThat(stages.find(List.of())).isEmpty();
  }

  // ---- measurements

  @Test
  default void theFirstMeasurementStays() {
    Measurements measurements = store().measurements();

    assertThat(measurements.record("k", 1, "candidate-3", "{\"ntk\":1}")).isEqualTo(Recorded.NEW);
    assertThat(measurements.record("k", 1, "candidate-3", "{\"ntk\":1}")).isEqualTo(Recorded.SAME);
    assertThat(measurements.record("k", 1, "candidate-3", "{\"ntk\":2}"))
        .isEqualTo(Recorded.DIFFERENT);
    assertThat(measurements.find("k", 1, "candidate-3")).contains("{\"ntk\":1}");
    assertThat(measurements.find("k", 2, "candidate-3")).isEmpty();
  }

  @Test
  default void measurementsAreListedByNameAndRound() {
    Measurements measurements = store().measurements();
    measurements.record("k", 10, "ntk", "10");
    measurements.record("k", 9, "ntk", "9");
    measurements.record("k", 9, "ntk.mean", "0");
    measurements.record("k", 1, "best", "1");
    measurements.record("kk", 1, "ntk", "other");

    assertThat(measurements.list("k", "ntk"))
        .containsExactly(
            new Measurement("k", 9, "ntk", "9"), new Measurement("k", 10, "ntk", "10"));
    assertThat(measurements.list("k"))
        .extracting(Measurement::json)
        .containsExactlyInAnyOrder("1", "0", "9", "10");
  }

  @Test
  default void aSeriesIsReadInTheOrderOfItsStepsHoweverItWasWritten() {
    Measurements measurements = store().measurements();
    List<Series.Point> points =
        LongStream.range(0, 1_234)
            .mapToObj(step -> new Series.Point(step * 3, step / 7.0))
            .toList();
    List<Series.Point> shuffled = new ArrayList<>(points);
    Collections.shuffle(shuffled, new Random(5));

    for (int from = 0; from < shuffled.size(); from += 400) {
      List<Series.Point> some = shuffled.subList(from, Math.min(shuffled.size(), from + 400));
      assertThat(measurements.append("k", 2, "loss", some)).isEqualTo(Recorded.NEW);
      assertThat(measurements.append("k", 2, "loss", some)).isEqualTo(Recorded.SAME);
    }

    assertThat(measurements.series("k", 2, "loss").points()).isEqualTo(points);
    assertThat(measurements.series("k", 3, "loss").points()).isEmpty();
  }

  @Test
  default void allSeriesOfAStageAreListedByNameAndRound() {
    Measurements measurements = store().measurements();
    String stage = Digest.sha256("many series");
    measurements.append(stage, 1, "loss", 0, 0.5);
    measurements.append(stage, 0, "loss", 2_000, 0.25);
    measurements.append(stage, 0, "loss", 1, 1);
    measurements.append(stage, 0, "accuracy", 1, 0.75);
    measurements.append(Digest.sha256("another"), 0, "loss", 1, 9);

    assertThat(measurements.listSeries(stage))
        .containsExactly(
            new Series(stage, 0, "accuracy", List.of(new Series.Point(1, 0.75))),
            new Series(
                stage, 0, "loss", List.of(new Series.Point(1, 1.0), new Series.Point(2_000, 0.25))),
            new Series(stage, 1, "loss", List.of(new Series.Point(0, 0.5))));
  }

  @Test
  default void theFirstPointOfASeriesAtAStepStays() {
    Measurements measurements = store().measurements();

    assertThat(measurements.append("k", 0, "loss", 5, 1.5)).isEqualTo(Recorded.NEW);
    assertThat(measurements.append("k", 0, "loss", 5, 1.5)).isEqualTo(Recorded.SAME);
    assertThat(measurements.append("k", 0, "loss", 5, 2.5)).isEqualTo(Recorded.DIFFERENT);
    assertThat(measurements.append("k", 0, "loss", 6, Double.NaN)).isEqualTo(Recorded.NEW);

    assertThat(measurements.series("k", 0, "loss").points())
        .containsExactly(new Series.Point(5, 1.5), new Series.Point(6, null));
  }

  // ---- evaluations

  private static EvaluationDocument evaluation(Map<String, Double> metrics, double seconds) {
    return new EvaluationDocument(
        "evaluation",
        "nas-bench-201",
        "|a~0|",
        "data",
        "{}",
        1,
        metrics,
        List.of("sha"),
        seconds,
        "cpu/a",
        NOW);
  }

  @Test
  default void theFirstEvaluationStaysAndOnlyWhatWasMeasuredCounts() {
    Evaluations evaluations = store().evaluations();
    EvaluationDocument first = evaluation(Map.of("accuracy.test", 0.5), 10);

    assertThat(evaluations.record(first)).isEqualTo(Recorded.NEW);
    assertThat(evaluations.record(evaluation(Map.of("accuracy.test", 0.5), 99)))
        .isEqualTo(Recorded.SAME);
    assertThat(evaluations.record(evaluation(Map.of("accuracy.test", Math.nextUp(0.5)), 10)))
        .isEqualTo(Recorded.DIFFERENT);
    assertThat(evaluations.find(first.id())).contains(first);
    assertThat(evaluations.find(List.of(first.id(), "other"))).containsExactly(first);
  }

  // ---- artifacts

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  default void anArtifactOfSeveralChunksIsReadBackByItsDigest(@TempDir Path folder)
      throws IOException {
    Artifacts artifacts = store().artifacts();
    byte[] bytes = bytes(Artifacts.CHUNK_BYTES * 2 + 17, 1);

    String sha = artifacts.put(bytes, "weights", Map.of("network.name", "a cell"));
    String again =
        artifacts.put(Files.write(folder.resolve("weights"), bytes), "weights", Map.of());

    assertThat(again).isEqualTo(sha).hasSize(64);
    assertThat(artifacts.get(sha)).isEqualTo(bytes);
    assertThat(artifacts.exists(sha)).isTrue();
    assertThat(artifacts.header(sha))
        .contains(
            new ArtifactHeader(
                sha, "weights", bytes.length, Map.of("network.name", "a cell"), NOW));
  }

  @Test
  default void anEmptyArtifactIsOneToo() {
    String sha = store().artifacts().put(new byte[0], "report", Map.of());

    assertThat(store().artifacts().get(sha)).isEmpty();
  }

  @Test
  default void anArtifactWithoutItsHeaderIsNotThereAndTheNextPutCompletesIt() {
    Artifacts artifacts = store().artifacts();
    byte[] bytes = bytes(Artifacts.CHUNK_BYTES + 5, 2);
    String sha = artifacts.put(bytes, "checkpoint", Map.of());
    fixture().raw("artifacts").deleteOne(new Document("_id", sha));
    fixture().raw("chunks").deleteOne(new Document("_id", sha + "/1"));

    assertThat(artifacts.exists(sha)).isFalse();
    assertThatExceptionOfType(CorruptArtifact.class).isThrownBy(() -> artifacts.get(sha));
    artifacts.put(bytes, "checkpoint", Map.of());

    assertThat(artifacts.get(sha)).isEqualTo(bytes);
  }

  private void flipABit(String chunk) {
    Document stored = fixture().raw("chunks").find(new Document("_id", chunk)).first();
    byte[] bytes = stored.get("data", Binary.class).getData();
    bytes[bytes.length / 2] ^= 1;
    fixture()
        .raw("chunks")
        .updateOne(
            new Document("_id", chunk),
            new Document("$set", new Document("data", new Binary(bytes))));
  }

  @Test
  default void anArtifactWithAFlippedBitIsNeverHandedOutAndIsMendedByTheNextPut() {
    Artifacts artifacts = store().artifacts();
    byte[] bytes = bytes(1_000, 3);
    String sha = artifacts.put(bytes, "checkpoint", Map.of());
    flipABit(sha + "/0");

    assertThatExceptionOfType(CorruptArtifact.class)
        .isThrownBy(() -> artifacts.get(sha))
        .withMessageContaining(sha)
        .withMessageContaining("run the stage that made it again")
        .satisfies(corrupt -> assertThat(corrupt.sha()).isEqualTo(sha));
    assertThat(artifacts.exists(sha)).isFalse();
    artifacts.put(bytes, "checkpoint", Map.of());

    assertThat(artifacts.get(sha)).isEqualTo(bytes);
  }

  @Test
  default void anArtifactIsWholeWhereAllItsBytesAreWhatItsNameSays() {
    Artifacts artifacts = store().artifacts();
    byte[] bytes = bytes(Artifacts.CHUNK_BYTES + 10, 4);
    String sha = artifacts.put(bytes, "weights", Map.of());
    assertThat(artifacts.isWhole(sha)).isTrue();
    assertThat(artifacts.isWhole("unknown")).isFalse();
    flipABit(sha + "/1");

    assertThat(artifacts.isWhole(sha)).isFalse();
    assertThat(artifacts.exists(sha)).as("it counts as missing").isFalse();
    artifacts.put(bytes, "weights", Map.of());
    assertThat(artifacts.isWhole(sha)).isTrue();
  }

  @Test
  default void anArtifactThatLacksAChunkIsCorrupt() {
    Artifacts artifacts = store().artifacts();
    String sha = artifacts.put(bytes(Artifacts.CHUNK_BYTES + 5, 4), "checkpoint", Map.of());
    fixture().raw("chunks").deleteOne(new Document("_id", sha + "/1"));

    assertThatExceptionOfType(CorruptArtifact.class)
        .isThrownBy(() -> artifacts.get(sha))
        .withMessageContaining("chunk 1 is missing");
  }

  @Test
  default void checkpointsThatNoUnitNeedsAreCollectedAfterTheGracePeriod() {
    Artifacts artifacts = store().artifacts();
    Duration grace = Duration.ofHours(1);
    String old = artifacts.put(bytes(2_000, 5), "checkpoint", Map.of());
    String weights = artifacts.put(bytes(100, 6), "weights", Map.of());
    String putAgain = artifacts.put(bytes(100, 7), "checkpoint", Map.of());
    String needed = artifacts.put(bytes(100, 9), "checkpoint", Map.of());
    store().units().begin("u", "t1", "w");
    store().units().checkpoint("u", "t1", new CheckpointRef(needed, 1, 1));
    assertThat(store().collectCheckpoints(grace)).isEqualTo(new Collected(0, 0));

    fixture().clock().advance(Duration.ofHours(2));
    artifacts.put(bytes(100, 7), "checkpoint", Map.of());

    assertThat(store().collectCheckpoints(grace)).isEqualTo(new Collected(1, 2_000));
    assertThat(artifacts.exists(old)).isFalse();
    assertThat(artifacts.exists(weights)).isTrue();
    assertThat(artifacts.exists(putAgain)).isTrue();
    assertThat(artifacts.exists(needed)).isTrue();
    assertThat(fixture().raw("chunks").countDocuments()).isEqualTo(3);

    store().units().discardCheckpoints("u");
    assertThat(store().collectCheckpoints(grace)).isEqualTo(new Collected(1, 100));
  }

  @Test
  default void chunksOfInterruptedPutsAreCollectedAfterTheGracePeriod() {
    Artifacts artifacts = store().artifacts();
    String kept = artifacts.put(bytes(100, 6), "weights", Map.of());
    assertThat(artifacts.collectStrays(Duration.ofHours(1))).isZero();
    interrupt(artifacts.put(bytes(100, 8), "weights", Map.of()), true);
    assertThat(artifacts.collectStrays(Duration.ofHours(1))).as("within the grace period").isZero();

    fixture().clock().advance(Duration.ofHours(2));

    assertThat(artifacts.collectStrays(Duration.ofHours(1))).isEqualTo(1);
    assertThat(artifacts.get(kept)).isEqualTo(bytes(100, 6));
    assertThat(fixture().raw("chunks").countDocuments()).isEqualTo(1);
    assertThat(fixture().raw("puts").countDocuments(new Document("artifact", kept))).isZero();
  }

  @Test
  default void chunksAreReadInSearchOfStraysOnlyOnceInAStore() {
    Artifacts artifacts = store().artifacts();
    interrupt(artifacts.put(bytes(100, 8), "weights", Map.of()), false);
    fixture().clock().advance(Duration.ofHours(2));
    assertThat(artifacts.collectStrays(Duration.ofHours(1)))
        .as("of a version that took no notes")
        .isEqualTo(1);
    interrupt(artifacts.put(bytes(100, 9), "weights", Map.of()), false);
    fixture().clock().advance(Duration.ofHours(2));

    assertThat(artifacts.collectStrays(Duration.ofHours(1))).as("no chunk is looked at").isZero();
  }

  @Test
  default void aPutThatTookLongIsNotTakenForAnInterruptedOne() {
    Artifacts artifacts = store().artifacts();
    String sha = artifacts.put(bytes(100, 8), "weights", Map.of());
    Document header = fixture().raw("artifacts").find(new Document("_id", sha)).first();
    note(sha, header.getString("put"));
    fixture().clock().advance(Duration.ofHours(2));

    assertThat(artifacts.collectStrays(Duration.ofHours(1))).isZero();
    assertThat(artifacts.isWhole(sha)).isTrue();
  }

  /** Leaves the store as a put does whose process dies before it writes the header. */
  private void interrupt(String sha, boolean noted) {
    Document header = fixture().raw("artifacts").findOneAndDelete(new Document("_id", sha));
    if (noted) {
      note(sha, header.getString("put"));
    }
  }

  private void note(String sha, String token) {
    fixture()
        .raw("puts")
        .insertOne(
            new Document("_id", token)
                .append("artifact", sha)
                .append("bytes", 100L)
                .append("put", token)
                .append("touched", fixture().clock().instant()));
  }

  // ---- data sets

  private static DatasetDocument dataset(String name, String digest, String artifact) {
    return new DatasetDocument(
        digest,
        name,
        DatasetDocument.IMAGES,
        new DatasetContents(3, 32, 32, 2, List.of("cat", "dog"), 50_000, 10_000),
        artifact,
        "cifar10",
        NOW);
  }

  @Test
  default void aDataSetIsFoundByNameAndByDigest() {
    Datasets datasets = store().datasets();
    DatasetDocument cifar = dataset("cifar10", "d1", "sha1");

    assertThat(datasets.put(cifar)).isEqualTo(Recorded.NEW);
    assertThat(datasets.put(cifar)).isEqualTo(Recorded.SAME);

    assertThat(datasets.byName("cifar10")).contains(cifar);
    assertThat(datasets.byDigest("d1")).contains(cifar);
    assertThat(datasets.byName("cifar100")).isEmpty();
  }

  @Test
  default void theNameOfADataSetIsGivenOnceAndADataSetMayHaveSeveral() {
    Datasets datasets = store().datasets();
    datasets.put(dataset("one", "d1", "sha1"));

    assertThat(datasets.put(dataset("one", "d2", "sha2"))).isEqualTo(Recorded.DIFFERENT);
    assertThat(datasets.put(dataset("another", "d1", "sha1"))).isEqualTo(Recorded.NEW);

    assertThat(datasets.list())
        .extracting(DatasetDocument::name, DatasetDocument::digest)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("another", "d1"),
            org.assertj.core.groups.Tuple.tuple("one", "d1"));
    assertThat(datasets.forget("another")).isTrue();
    assertThat(datasets.byName("another")).isEmpty();
    assertThat(datasets.byDigest("d1")).isPresent();
  }

  // ---- events

  @Test
  default void eventsAreNumberedInTheirOrderAndAKeyIsStoredOnce() {
    Events events = store().events();

    Event started = events.append("e1", "started", "started", "The search began.", "ada");
    fixture().clock().advance(Duration.ofSeconds(1));
    Event paused = events.append("e1", "paused/1", "paused", "Paused.", "bob");
    Event again = events.append("e1", "started", "started", "Another text.", "eve");
    events.append("e10", "started", "started", "The search began.", "ada");

    assertThat(started.sequence()).isEqualTo(1);
    assertThat(paused)
        .isEqualTo(new Event(2, "paused/1", NOW.plusSeconds(1), "paused", "Paused.", "bob"));
    assertThat(again).isEqualTo(started);
    assertThat(events.list("e1")).containsExactly(started, paused);
    assertThat(events.list("e1", 1)).containsExactly(paused);
    assertThat(events.list("e1", 2)).isEmpty();
    assertThat(events.list("e2")).isEmpty();
  }

  @Test
  default void eventsGoOnFromBucketToBucket() {
    Events events = store().events();
    int count = Events.BUCKET_SIZE + 3;
    for (int number = 1; number <= count; number++) {
      events.append("e1", "key/" + number, "kind", "text", "ada");
    }

    assertThat(events.append("e1", "key/1", "kind", "text", "ada").sequence()).isEqualTo(1);
    assertThat(events.append("e1", "key/102", "kind", "text", "ada").sequence()).isEqualTo(102);
    assertThat(events.list("e1"))
        .extracting(Event::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(events.list("e1", 99))
        .extracting(Event::key)
        .containsExactly("key/100", "key/101", "key/102", "key/103");
  }

  // ---- units of work

  @Test
  default void anAttemptThatNeverEndedInAnotherProcessDiedWithIt() {
    Units units = store().units();

    assertThat(units.begin("u", "t1", "w1")).isEqualTo(new UnitAttempt(1, false, 0, 0));
    assertThat(units.begin("u", "t1", "w1")).isEqualTo(new UnitAttempt(1, false, 0, 0));
    assertThat(units.begin("u", "t2", "w2")).isEqualTo(new UnitAttempt(2, true, 1, 0));
    assertThat(units.begin("u", "t3", "w2"))
        .as("its process lives: it lost touch, no more")
        .isEqualTo(new UnitAttempt(3, true, 1, 0));
    units.interrupt("u", "t3", "stopped");
    units.interrupt("u", "t3", "stopped");
    assertThat(units.outcome("u")).contains("stopped");
    assertThat(units.begin("u", "t4", "w1"))
        .as("a pause acquits nobody")
        .isEqualTo(new UnitAttempt(4, false, 1, 0));
    assertThat(units.end("u", "t4", "done")).isTrue();
    assertThat(units.end("u", "t4", "done")).isTrue();
    assertThat(units.begin("u", "t5", "w1")).isEqualTo(new UnitAttempt(5, false, 0, 0));
    assertThat(units.outcome("u")).isEmpty();
  }

  @Test
  default void theDeathOfAProcessIsNoneOfAUnitThatRanAloneBesideIt() {
    Units units = store().units();
    units.begin("u", "t1", "w1");
    units.begin("u", "t2", "w2");
    units.runsAlone("u", "t2");

    assertThat(units.begin("u", "t3", "w3")).isEqualTo(new UnitAttempt(3, true, 1, 0));
    assertThat(units.begin("u", "t4", "w4"))
        .as("that one did not run alone")
        .isEqualTo(new UnitAttempt(4, true, 2, 0));
  }

  @Test
  default void deathsOfAUnitsOwnProcessAreCountedWithTheirTimeUntilThereIsProgress() {
    Units units = store().units();
    units.begin("u", "t1", "w1");
    assertThat(units.diedAlone("u", "t1", Duration.ofSeconds(3)))
        .isEqualTo(new Units.DeathsAlone(1, Duration.ofSeconds(3)));
    assertThat(units.begin("u", "t2", "w1"))
        .as("it is taken up again after a loss")
        .isEqualTo(new UnitAttempt(2, true, 0, 1));
    assertThat(units.diedAlone("u", "t2", Duration.ofSeconds(4)))
        .isEqualTo(new Units.DeathsAlone(2, Duration.ofSeconds(7)));
    units.begin("u", "t3", "w1");
    units.checkpoint("u", "t3", new CheckpointRef("sha1", 1, 10));
    assertThat(units.diedAlone("u", "t3", Duration.ofSeconds(5)))
        .isEqualTo(new Units.DeathsAlone(1, Duration.ofSeconds(5)));
  }

  @Test
  default void onlyWhatIsThrownCountsAsThrown() {
    Units units = store().units();
    units.begin("u", "t1", "w1");
    assertThat(units.threw("u", "t1", "boom")).isEqualTo(1);
    assertThat(units.outcome("u")).contains("boom");
    assertThat(units.begin("u", "t2", "w2")).isEqualTo(new UnitAttempt(2, false, 0, 0));
    units.begin("u", "t3", "w3");
    units.interrupt("u", "t3", "no room");
    units.begin("u", "t4", "w3");
    assertThat(units.threw("u", "t4", "boom")).isEqualTo(2);
    units.begin("u", "t5", "w3");
    units.checkpoint("u", "t5", new CheckpointRef("sha1", 1, 10));
    assertThat(units.threw("u", "t5", "boom")).isEqualTo(1);
  }

  @Test
  default void aUnitOfAnOlderBuildIsReadAsOneThatDiedOnce() {
    fixture()
        .raw("units")
        .insertOne(
            new Document("_id", "old")
                .append("version", 7)
                .append("attempt", "t1")
                .append("attempts", 6)
                .append("open", true)
                .append("lost", 4)
                .append("lostAtBegin", 4));

    assertThat(store().units().begin("old", "t2", "w1")).isEqualTo(new UnitAttempt(7, true, 1, 0));
  }

  @Test
  default void aUnitThatIsHeldIsTakenOnlyFromAnAttemptThatIsKnownToBeOver() {
    Units units = store().units();
    units.begin("u", "t1", "w1");

    assertThat(units.tryBegin("u", "t2", maker("w2"), holder -> false)).isEmpty();
    assertThat(units.end("u", "t1", "done")).as("it was not disturbed").isTrue();
    assertThat(units.tryBegin("u", "t2", maker("w2"), holder -> false))
        .as("nobody holds it any more")
        .contains(new UnitAttempt(2, false, 0, 0));
    units.beat("u", "t2");
    units.beat("u", "t1");
    assertThat(
            units.tryBegin(
                "u", "t3", maker("w1"), holder -> holder.equals(new Units.Holder("t2", 1))))
        .contains(new UnitAttempt(3, true, 1, 0));
  }

  private static Units.Maker maker(String worker) {
    return new Units.Maker(worker, worker);
  }

  @Test
  default void aUnitIsOpenFromTheBeginningOfAnAttemptToItsEnd() {
    Units units = store().units();
    units.begin("stage/a", "t1", "w1");
    units.begin("stage/b", "t1", "w1");
    units.begin("other/a", "t1", "w1");

    assertThat(units.open("stage/")).containsExactly("stage/a", "stage/b");
    units.end("stage/a", "t1", "done");
    assertThat(units.open("stage/")).containsExactly("stage/b");
  }

  @Test
  default void aCheckpointThatIsProgressResetsTheCountOfDeaths() {
    Units units = store().units();
    units.begin("u", "t1", "w1");
    units.begin("u", "t2", "w2");

    units.checkpoint("u", "t2", new CheckpointRef("sha1", 1, 10));

    assertThat(units.begin("u", "t3", "w3")).isEqualTo(new UnitAttempt(3, true, 1, 0));
    units.checkpoint("u", "t3", new CheckpointRef("sha1", 1, 10));
    units.checkpoint("u", "t3", new CheckpointRef("sha0", 1, 5));
    assertThat(units.begin("u", "t4", "w4"))
        .as("no checkpoint beyond the newest came")
        .isEqualTo(new UnitAttempt(4, true, 2, 0));
  }

  @Test
  default void theEndOfAnAttemptThatAnotherFollowedChangesNothing() {
    Units units = store().units();
    units.begin("u", "frozen", "w1");
    units.begin("u", "next", "w2");

    assertThat(units.end("u", "frozen", "finished")).isFalse();

    assertThat(units.outcome("u")).isEmpty();
    assertThat(units.begin("u", "third", "w1").previousLost()).isTrue();
  }

  @Test
  default void theNewestCheckpointsByProgressAreKept() {
    Units units = store().units();
    units.begin("u", "t1", "w1");
    for (int epoch : List.of(1, 2, 5, 4, 3)) {
      units.checkpoint("u", "t1", new CheckpointRef("sha" + epoch, epoch, epoch * 100L));
    }

    assertThat(units.checkpoints("u"))
        .extracting(CheckpointRef::sha)
        .containsExactly("sha5", "sha4", "sha3");
    units.discard("u", "sha5");
    assertThat(units.checkpoints("u")).first().isEqualTo(new CheckpointRef("sha4", 4, 400));
    assertThat(units.checkpoints("other")).isEmpty();
  }

  @Test
  default void anAttemptThatAnotherFollowedNotesNoCheckpoint() {
    Units units = store().units();
    CheckpointRef late = new CheckpointRef("late", 9, 9);
    units.begin("u", "frozen", "w1");
    assertThat(units.checkpoint("u", "frozen", new CheckpointRef("early", 1, 1))).isTrue();
    units.begin("u", "next", "w2");

    assertThat(units.checkpoint("u", "frozen", late)).as("another attempt is at it").isFalse();
    units.end("u", "next", "done");
    assertThat(units.checkpoint("u", "frozen", late)).as("the other attempt is done").isFalse();
    assertThat(units.checkpoint("u", "next", late)).as("it has ended itself").isFalse();

    assertThat(units.checkpoints("u")).containsExactly(new CheckpointRef("early", 1, 1));
  }

  // ---- workers

  @Test
  default void workersAreThoseThatReportedThemselvesLatelyAndDidNotLeave() {
    Workers workers = store().workers();
    Function<String, WorkerDocument> worker =
        id ->
            new WorkerDocument(
                id, "cpu", "cpu", "cpu/a", 2, "here", 7, fixture().clock().instant());
    workers.report(worker.apply("w1"));
    fixture().clock().advance(Duration.ofSeconds(30));
    workers.report(worker.apply("w2"));
    workers.report(worker.apply("w3"));
    workers.report(worker.apply("w3"));
    workers.leave("w3");

    assertThat(workers.seenWithin(Duration.ofSeconds(20))).containsExactly(worker.apply("w2"));
    assertThat(workers.seenWithin(Duration.ofMinutes(1)))
        .extracting(WorkerDocument::id)
        .containsExactly("w2", "w1");
  }

  @Test
  default void theServerAnswersAPing() {
    store().ping();
  }

  /** Calls that many at once, and answers what they answered. */
  static <T> List<T> concurrently(int count, java.util.function.IntFunction<T> call)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> futures =
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> call.apply(number)))
              .toList();
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
