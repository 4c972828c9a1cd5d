package dev.espalier.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowJson;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker against the real Temporal server and the real store. */
class WorkerProcessTest {
  @TempDir Path folder;

  @WorkflowInterface
  public interface Errand {
    @WorkflowMethod
    String run(String queue);
  }

  @ActivityInterface
  public interface Work {
    @ActivityMethod
    String compute();
  }

  public static final class ErrandWorkflow implements Errand {
    @Override
    public String run(String queue) {
      return Workflow.newActivityStub(
              Work.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(queue)
                  .setStartToCloseTimeout(Duration.ofMinutes(10))
                  .setHeartbeatTimeout(Duration.ofMinutes(5))
                  .setRetryOptions(
                      RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(100)).build())
                  .build())
          .compute();
    }
  }

  /** Its first attempt computes until it is interrupted; the next ends at once. */
  private static final class UntilInterrupted implements Work {
    private final CountDownLatch begun;

    UntilInterrupted(CountDownLatch begun) {
      this.begun = begun;
    }

    @Override
    public String compute() {
      int attempt = Activity.getExecutionContext().getInfo().getAttempt();
      if (attempt > 1) {
        return "attempt " + attempt;
      }
      begun.countDown();
      try {
        new CountDownLatch(1).await();
        return "never";
      } catch (InterruptedException e) {
        throw Activity.wrap(new IllegalStateException("stopped at a step boundary"));
      }
    }
  }

  private static WorkerRegistration registering(CountDownLatch begun) {
    return context -> {
      context
          .factory()
          .newWorker(TaskQueues.workflows(context.store().identity()))
          .registerWorkflowImplementationTypes(ErrandWorkflow.class);
      context
          .factory()
          .newWorker(
              TaskQueues.compute(context.store().identity(), context.torch().numericClass()),
              WorkerOptions.newBuilder()
                  .setMaxConcurrentActivityExecutionSize(context.settings().slots())
                  .build())
          .registerActivitiesImplementations(new UntilInterrupted(begun));
      return () -> {};
    };
  }

  @Test
  void drainsAndHandsItsWorkOnAtOnce() throws Exception {
    try (TemporalDevServer server =
            TemporalDevServer.start(
                TemporalDevServerOptions.newBuilder()
                    .setExistingPath(TemporalBinary.orSkip(folder).toString())
                    .setDownloadEnabled(false)
                    .setLogFile(folder.resolve("temporal.log").toString())
                    .build());
        EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("store/espalier.h2"), 0);
        Store store = Store.connect(embedded.uri())) {
      WorkerSettings settings =
          new WorkerSettings(
              "cpu", "cpu", 1, server.getTarget(), "default", embedded.uri(), folder, 0);
      CountDownLatch begun = new CountDownLatch(1);
      WorkerProcess first = WorkerProcess.start(settings, registering(begun));
      assertThat(store.workers().seenWithin(Duration.ofMinutes(1)))
          .singleElement()
          .satisfies(worker -> {
            assertThat(worker.numericClass()).startsWith("cpu/torch-2.7.1/");
            assertThat(worker.slots()).isEqualTo(1);
          });
      assertThat(folder.resolve("metrics/worker-cpu.json")).exists();

      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(server.getTarget()).build());
      try {
        WorkflowClient client =
            WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(WorkflowJson.converter())
                    .build());
        String queue =
            TaskQueues.compute(
                store.identity(),
                store.workers().seenWithin(Duration.ofMinutes(1)).getFirst().numericClass());
        Errand errand =
            client.newWorkflowStub(
                Errand.class,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.workflows(store.identity()))
                    .setWorkflowId("errand")
                    .build());
        WorkflowClient.start(errand::run, queue);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        first.close();
        assertThat(store.workers().seenWithin(Duration.ofMinutes(1)))
            .as("it said goodbye")
            .isEmpty();
        assertThat(Files.exists(folder.resolve("metrics/worker-cpu.json"))).isFalse();

        WorkerProcess second = WorkerProcess.start(settings, registering(begun));
        try {
          // Far less than the heartbeat timeout of five minutes: the first one handed it on.
          assertThat(WorkflowStub.fromTyped(errand).getResult(60, TimeUnit.SECONDS, String.class))
              .isEqualTo("attempt 2");
        } finally {
          second.close();
        }
      } finally {
        stubs.shutdownNow();
      }
    }
  }
}
