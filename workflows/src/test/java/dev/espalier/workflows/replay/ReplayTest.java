package dev.espalier.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.worker.WorkflowTypes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Code may change under a running experiment: what it decided before, it must decide again. The
 * histories come from a real server, by {@link RefreshHistories}.
 */
@Timeout(120)
final class ReplayTest {
  /** A loaded machine may hold a workflow thread back for seconds. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(20_000).build();

  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(Laboratory.options());

  @AfterEach
  void close() {
    environment.close();
  }

  static List<String> histories() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> folder().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static Path folder() {
    try {
      return Path.of(
          Objects.requireNonNull(ReplayTest.class.getResource("/histories"), "histories").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void isTakenTheSameWayByTodaysCode(String history) {
    assertThatCode(() -> replay(history, WorkflowTypes.implementations()))
        .doesNotThrowAnyException();
  }

  @Test
  void coversEveryWorkflowType() throws IOException {
    TreeSet<String> types = new TreeSet<>();
    for (String history : histories()) {
      types.add(Objects.requireNonNull(Path.of(history).getParent()).toString());
    }
    assertThat(types)
        .containsExactly(
            "AssembleStage",
            "CrossValidateStage",
            "DrawTasksStage",
            "EncodeStage",
            "EvaluateSampleStage",
            "EvaluateStage",
            "EvaluateTasksStage",
            "EvolveStage",
            "Experiment",
            "FeaturesStage",
            "FindTasksStage",
            "GenerateStage",
            "MetaFitStage",
            "PrepareDataStage",
            "PrepareSearchStage",
            "PrepareTableStage",
            "PrepareTasksStage",
            "PruneStage",
            "RankCandidatesStage",
            "RankStage",
            "ReportStage",
            "SampleStage",
            "SplitCellsStage",
            "TrainClassifierStage",
            "TrainEncoderStage",
            "TrainPredictorStage");
    assertThat(types).hasSize(WorkflowTypes.implementations().length);
  }

  @ParameterizedTest
  @MethodSource("changed")
  void doesNotMissAChangedOrder(String history, Class<?> changed) {
    assertThatThrownBy(() -> replay(history, changed))
        .hasStackTraceContaining("NonDeterministicException");
  }

  static Stream<Arguments> changed() {
    return Map.<String, Class<?>>of(
            "ReportStage/v1-undisturbed.json", ChangedStages.NotesBeforeTheReport.class,
            "PrepareDataStage/v1-undisturbed.json", ChangedStages.PreparesNothing.class,
            "EvaluateStage/v1-undisturbed.json", ChangedStages.TrainsBeforeItAnnounces.class)
        .entrySet()
        .stream()
        .map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  private void replay(String history, Class<?>... implementations) throws Exception {
    Worker worker = environment.newWorker("replays", PATIENT);
    worker.registerWorkflowImplementationTypes(implementations);
    String json = Files.readString(folder().resolve(history));
    WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(json), worker);
  }
}
