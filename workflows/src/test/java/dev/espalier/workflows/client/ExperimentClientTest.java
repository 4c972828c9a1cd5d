package dev.espalier.workflows.client;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.Lost;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.client.ExperimentClient.Presence;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ExperimentClientTest {
  @Test
  void knowsWhetherAnExperimentRuns() {
    try (Laboratory laboratory = new Laboratory()) {
      ExperimentClient client = laboratory.client();
      assertThat(client.presence("one")).isEqualTo(Presence.ABSENT);
      Gate gate = laboratory.script().before("data", Gate.reachedBy(1));
      client.start(input("one"));
      assertThat(client.presence("one")).isEqualTo(Presence.RUNNING);
      gate.awaitReached();
      gate.open();
      laboratory.awaitEnd("one");
      assertThat(client.presence("one")).isEqualTo(Presence.CLOSED);
    }
  }

  @Test
  void startsAnExperimentAgainWhoseWorkflowHasClosed() {
    try (Laboratory laboratory = new Laboratory()) {
      String digest = laboratory.complete(input("again"));
      assertThat(laboratory.client().start(input("again"))).isTrue();
      laboratory.awaitEnd("again");
      assertThat(laboratory.store().digest("again")).isEqualTo(digest);
      assertThat(laboratory.store().differences()).isEmpty();
    }
  }

  @Test
  void endsARunFromBeforeStoresHadNamesIfItIsItsOwn() {
    try (Laboratory laboratory = new Laboratory()) {
      ExperimentInput input = input("old");
      String workflowId = ExperimentWorkflow.namelessWorkflowId("old");
      WorkflowStub nameless =
          laboratory
              .temporal()
              .newUntypedWorkflowStub(
                  ExperimentWorkflow.TYPE,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(workflowId)
                      .setTaskQueue(TaskQueues.workflows(null))
                      .build());
      nameless.start(input);
      ExperimentClient client = laboratory.client();
      assertThat(client.presence("old")).isEqualTo(Presence.ABSENT);
      Map<String, String> kept = new TreeMap<>();

      assertThat(client.endNameless("old", List.of("prune"), found -> false, kept::putAll))
          .isFalse();
      assertThat(nameless.describe().getStatus())
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
      assertThat(kept).isEmpty();

      assertThat(
              client.endNameless(
                  "old",
                  List.of("prune"),
                  found -> found.specification().equals(input.specification()),
                  kept::putAll))
          .isTrue();
      assertThat(nameless.describe().getStatus())
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
      assertThat(kept).containsOnlyKeys(workflowId);
      assertThat(client.endNameless("old", List.of(), found -> true, kept::putAll)).isFalse();
    }
  }

  @Test
  void mayTellAnExperimentThatIsNotThere() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.client().pause("nobody");
      laboratory.client().resume("nobody");
      laboratory.client().retry("nobody", 1);
      laboratory.client().cancel("nobody");
      assertThat(laboratory.client().presence("nobody")).isEqualTo(Presence.ABSENT);
    }
  }

  @Test
  void saysThatTheServerIsLost() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1") // nobody listens there
                .setRpcTimeout(Duration.ofMillis(500))
                .setSystemInfoTimeout(Duration.ofMillis(500))
                .setRpcRetryOptions(
                    RpcRetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(10))
                        .setExpiration(Duration.ofMillis(500))
                        .build())
                .build());
    try {
      ExperimentClient client =
          new ExperimentClient(WorkflowClient.newInstance(stubs), () -> Laboratory.STORE);
      assertThatThrownBy(() -> client.presence("one"))
          .isInstanceOf(Lost.class)
          .hasMessageContaining("espalier up");
      assertThatThrownBy(() -> client.start(input("one"))).isInstanceOf(Lost.class);
      assertThatThrownBy(() -> client.pause("one")).isInstanceOf(Lost.class);
    } finally {
      stubs.shutdownNow();
    }
  }
}
