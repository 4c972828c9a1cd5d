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
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
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
      assertThat(laboratory.client().start(input("again"))).isPresent();
      laboratory.awaitEnd("again");
      assertThat(laboratory.store().digest("again")).isEqualTo(digest);
      assertThat(laboratory.store().differences()).isEmpty();
    }
  }

  @Test
  void knowsTheRunFromBeforeStoresHadNamesByItsInput() {
    try (Laboratory laboratory = new Laboratory()) {
      ExperimentInput input = input("old");
      WorkflowStub nameless =
          laboratory
              .temporal()
              .newUntypedWorkflowStub(
                  ExperimentWorkflow.TYPE,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(ExperimentWorkflow.namelessWorkflowId("old"))
                      .setTaskQueue(TaskQueues.workflows(null))
                      .build());
      nameless.start(input);
      ExperimentClient client = laboratory.client();
      assertThat(client.presence("old")).isEqualTo(Presence.ABSENT);

      WorkflowRun run = client.namelessRun("old").orElseThrow();
      assertThat(run.isRunning()).isTrue();
      assertThat(client.isGiven(run, found -> found.equals(input))).isTrue();
      assertThat(client.isGiven(run, found -> found.salt().equals("another"))).isFalse();

      client.supersede(run, "it has a name now");
      WorkflowRun ended = client.namelessRun("old").orElseThrow();
      assertThat(ended.state()).isEqualTo(WorkflowRun.State.TERMINATED);
      RunHistory history = client.history(ended).orElseThrow();
      assertThat(history.isSuperseded()).isTrue();
      assertThat(history.isToldToCancel()).isFalse();
      assertThat(history.reason()).contains("it has a name now");
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
