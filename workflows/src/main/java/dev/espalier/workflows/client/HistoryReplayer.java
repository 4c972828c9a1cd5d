package dev.espalier.workflows.client;

import com.google.protobuf.util.JsonFormat;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.worker.WorkflowTypes;
import io.temporal.api.history.v1.History;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes recorded histories through today's workflow code: what it decided before, it must decide
 * again. No server is asked, and nothing is executed.
 */
public final class HistoryReplayer implements AutoCloseable {
  /** Nobody is there: a replay asks nobody. */
  private static final String NOWHERE = "127.0.0.1:1";

  /** Temporal's name for code that contradicts its history. */
  private static final String CONTRADICTION = "[TMPRL1100]";

  /** A loaded machine may hold a workflow thread back for seconds. */
  private static final Duration DEADLOCK = Duration.ofSeconds(20);

  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;
  private final Worker worker;

  public HistoryReplayer() {
    this(WorkflowTypes.implementations());
  }

  HistoryReplayer(Class<?>... implementations) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(NOWHERE)
                .setGrpcClientInterceptors(List.of(new NoServer()))
                .build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(WorkflowJson.converter()).build());
    factory = WorkerFactory.newInstance(client);
    worker =
        factory.newWorker(
            "replays",
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(DEADLOCK.toMillis())
                .build());
    worker.registerWorkflowImplementationTypes(implementations);
  }

  /**
   * Takes one history, be it whole or as far as a run has come.
   *
   * @param json as {@link RunHistory#json} has it
   * @return where today's code goes another way, in words; empty if it does not
   */
  public Optional<String> replay(String json) {
    try {
      // The SDK's own reader of JSON is for tests: it needs a library that the product has not.
      History.Builder history = History.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(json, history);
      worker.replayWorkflowExecution(new WorkflowExecutionHistory(history.build()));
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(inWords(e));
    }
  }

  /** The innermost reason: the SDK has it in the stack trace that it hands over as a text. */
  private static String inWords(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace
        .toString()
        .lines()
        .filter(line -> line.contains(CONTRADICTION))
        .reduce((_, last) -> last)
        .map(line -> line.substring(line.indexOf(CONTRADICTION)).strip())
        .orElseGet(failure::toString);
  }

  @Override
  public void close() {
    factory.shutdownNow();
    stubs.shutdownNow();
  }
}
