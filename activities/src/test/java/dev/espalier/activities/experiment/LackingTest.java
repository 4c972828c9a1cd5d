package dev.espalier.activities.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.search.canonical.Digest;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Completion;
import dev.espalier.workflows.stage.Bookkeeping.StageClaim;
import dev.espalier.workflows.stage.Bookkeeping.StageRequest;
import dev.espalier.workflows.stage.Bookkeeping.StageResult;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that does not have what a workflow goes by. */
final class LackingTest {
  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Workbench workbench;
  private Store store;
  private Bookkeeping bookkeeping;

  @BeforeEach
  void open() throws Exception {
    workbench = new Workbench(folder);
    store = workbench.store();
    bookkeeping =
        workbench.activities(
            Bookkeeping.class, new BookkeepingActivities(store, workbench.metrics()));
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                "e1", "{\"seed\":1}", "", List.of(), Instant.EPOCH, "ada", "1"));
  }

  @AfterEach
  void close() throws Exception {
    workbench.close();
  }

  private static StageRequest request(String stage, List<String> recorded) {
    return new StageRequest("e1", stage, stage, stage + "-key", "{}", List.of(), "cpu", recorded);
  }

  private void finished(String stage, String result) {
    store.stages().claim(StageDocument.running(stage + "-key", stage, "{}", List.of()), "e1");
    store.stages().finish(stage + "-key", result, 1, Map.of());
  }

  private static ApplicationFailure failureOf(ThrowingCallable note) {
    Throwable thrown = catchThrowable(note);
    assertThat(thrown).isInstanceOf(ActivityFailure.class);
    assertThat(thrown).cause().isInstanceOf(ApplicationFailure.class);
    return (ApplicationFailure) Objects.requireNonNull(thrown.getCause());
  }

  private static void assertBehind(ThrowingCallable note) {
    ApplicationFailure failure = failureOf(note);
    assertThat(failure.getType()).isEqualTo(ActivityRules.STORE_BEHIND);
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void aStageDoesNotBeginWithoutTheResultsBeforeIt() {
    assertBehind(() -> bookkeeping.claimStage(request("evaluate", List.of("prune-key"))));
    finished("prune", "{}");
    assertThat(bookkeeping.claimStage(request("evaluate", List.of("prune-key"))).status())
        .isEqualTo(StageClaim.Status.CLAIMED);
  }

  @Test
  void aResultOfAStageThatTheStoreDoesNotHaveIsNotTaken() {
    assertBehind(() ->
        bookkeeping.finishStage(new StageResult("e1", "prune", "prune", "prune-key", "{}", 1)));
  }

  @Test
  void anExperimentDoesNotCompleteWithoutItsStages() {
    assertBehind(() ->
        bookkeeping.completeExperiment(new Completion("e1", "digest", "{}", List.of("prune-key"))));
  }

  @Test
  void aFinishedStageWhoseArtifactIsLostIsMadeAgainUpToThreeTimes() {
    String sha = Digest.sha256(WEIGHTS);
    String result = "{\"evaluations\":[{\"weights\":\"%s\"}]}".formatted(sha);
    finished("train", result);
    for (int time = 1; time <= 3; time++) {
      assertThat(bookkeeping.claimStage(request("train", List.of())).status())
          .isEqualTo(StageClaim.Status.CLAIMED);
      store.stages().finish("train-key", result, 1, Map.of());
    }
    assertThat(failureOf(() -> bookkeeping.claimStage(request("train", List.of()))))
        .hasMessageContaining("espalier verify");

    store.stages().finish("train-key", result, 1, Map.of());
    store.artifacts().put(WEIGHTS, "weights", Map.of());
    StageClaim claim = bookkeeping.claimStage(request("train", List.of()));
    assertThat(claim.status()).isEqualTo(StageClaim.Status.FINISHED);
    assertThat(claim.result()).isEqualTo(result);
  }

  @Test
  void anExperimentThatTheStoreDoesNotHaveEndsInWords() {
    StageRequest unknown =
        new StageRequest("e9", "prune", "prune", "k", "{}", List.of(), "cpu", List.of());
    ApplicationFailure failure = failureOf(() -> bookkeeping.claimStage(unknown));
    assertThat(failure).hasMessageContaining("no experiment e9");
    assertThat(failure.isNonRetryable()).isTrue();
  }
}
