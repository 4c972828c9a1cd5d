package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Deletion;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import dev.espalier.workflows.stage.StageKey;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deletions in a home that runs, with everything killed at once after them. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class DeletionSurvivalTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir static Path folder;

  @Test
  void what_another_experiment_has_too_outlives_a_deletion_and_a_kill() throws Exception {
    try (LiveHome live = LiveHome.start(folder.resolve("home"), 2)) {
      String first = live.launch();
      ExperimentDocument done = live.awaitEnd(first);
      assertThat(done.state()).as("%s", done.reason()).isEqualTo(ExperimentState.COMPLETED);
      String second =
          Json.read(
                  live.espalier("rerun", first, "--from", "evaluate", "--detach", "--json"),
                  JsonNode.class)
              .path("id")
              .asText();
      assertThat(live.awaitEnd(second).digest()).isEqualTo(done.digest());
      JsonNode plan = Json.read(live.espalier("delete", first, "--json"), JsonNode.class);
      assertThat(plan.path("sharers").valueStream().map(JsonNode::asText)).containsExactly(second);
      assertThat(plan.at("/stays/stages").asInt()).isPositive();
      assertThat(plan.at("/frees/stages").asInt()).isPositive();

      live.espalier("delete", first, "--plan", plan.path("token").asText());
      live.killEverything();
      live.awaitReady();

      LiveHome.await(
          PATIENCE,
          "Temporal has forgotten it too",
          () ->
              live.ask(store -> store.upkeep(StageKey::salted).deletions())
                  .filter(all -> all.stream().allMatch(Deletion::done)));
      assertThat(runsLeft(live, first)).isEmpty();
      assertThat(live.ask(store -> store.experiments().find(first))).contains(Optional.empty());
      assertThat(live.espalier("verify")).contains("1 completed experiments: all is as it was");
      String third =
          Json.read(
                  live.espalier("rerun", second, "--from", "report", "--detach", "--json"),
                  JsonNode.class)
              .path("id")
              .asText();
      assertThat(live.awaitEnd(third).digest()).isEqualTo(done.digest());
      assertThat(live.stage(third, "prune").orElseThrow().owner()).isEqualTo(first);
    }
  }

  private static List<String> runsLeft(LiveHome live, String id) {
    WorkflowServiceStubs temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(live.temporalAddress()).build());
    try {
      String identity = live.ask(store -> store.identity()).orElseThrow();
      ExperimentClient client =
          new ExperimentClient(WorkflowClient.newInstance(temporal), () -> identity);
      return client.runs(ExperimentWorkflow.workflowId(identity, id)).stream()
          .map(run -> run.workflowId())
          .toList();
    } finally {
      temporal.shutdownNow();
    }
  }
}
