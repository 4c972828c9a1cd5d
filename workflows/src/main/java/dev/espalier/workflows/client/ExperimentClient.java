package dev.espalier.workflows.client;

import dev.espalier.search.failure.Lost;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.client.WorkflowRun.State;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Starts experiments' workflows and speaks to them. Every call may be repeated. A lost server is
 * {@link Lost}.
 */
public final class ExperimentClient {
  private static final int NONE = 0;

  private final WorkflowClient client;
  private final Supplier<String> store;

  /**
   * @param client must use {@link dev.espalier.workflows.WorkflowJson#converter()}
   * @param store the name of the store that the experiments belong to
   */
  public ExperimentClient(WorkflowClient client, Supplier<String> store) {
    this.client = client;
    this.store = store;
  }

  /** Whether Temporal has the experiment's workflow. */
  public enum Presence {
    RUNNING,
    CLOSED,
    ABSENT
  }

  public Presence presence(String experimentId) {
    return run(experimentId)
        .map(run -> run.isRunning() ? Presence.RUNNING : Presence.CLOSED)
        .orElse(Presence.ABSENT);
  }

  /** The newest run of the experiment's workflow; empty if Temporal knows none. */
  public Optional<WorkflowRun> run(String experimentId) {
    return newestRun(workflowId(experimentId));
  }

  /** The run that an experiment has from the days when stores had no name, if Temporal knows it. */
  public Optional<WorkflowRun> namelessRun(String experimentId) {
    return newestRun(ExperimentWorkflow.namelessWorkflowId(experimentId));
  }

  private Optional<WorkflowRun> newestRun(String workflowId) {
    return present(() -> runOf(client.newUntypedWorkflowStub(workflowId).describe()));
  }

  private static WorkflowRun runOf(WorkflowExecutionMetadata found) {
    return new WorkflowRun(
        found.getExecution().getWorkflowId(),
        found.getExecution().getRunId(),
        switch (found.getStatus()) {
          case WORKFLOW_EXECUTION_STATUS_COMPLETED -> State.COMPLETED;
          case WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW -> State.CONTINUED;
          case WORKFLOW_EXECUTION_STATUS_FAILED -> State.FAILED;
          case WORKFLOW_EXECUTION_STATUS_CANCELED -> State.CANCELLED;
          case WORKFLOW_EXECUTION_STATUS_TERMINATED -> State.TERMINATED;
          case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> State.TIMED_OUT;
          default -> State.RUNNING;
        });
  }

  /**
   * All runs of a workflow and of its stages' that Temporal still has. One that began or closed a
   * moment ago may be missing, or shown as it was before.
   *
   * @param workflowId an experiment's
   */
  public List<WorkflowRun> runs(String workflowId) {
    // Between a slash and what comes after it are all stages, and no other experiment.
    String query =
        "WorkflowId = '%1$s' OR WorkflowId BETWEEN '%1$s/' AND '%1$s0'".formatted(workflowId);
    return present(() -> client.listExecutions(query).map(ExperimentClient::runOf).toList())
        .orElseGet(List::of);
  }

  /** What happened in a run; empty if Temporal has it no longer. */
  public Optional<RunHistory> history(WorkflowRun run) {
    return present(() -> client.fetchHistory(run.workflowId(), run.id())).map(RunHistory::new);
  }

  /** What happened in each run of an experiment's workflows that Temporal has, by their ids. */
  public Map<String, String> histories(String experimentId) {
    Map<String, String> histories = new LinkedHashMap<>();
    for (WorkflowRun run : runs(workflowId(experimentId))) {
      history(run).ifPresent(found -> histories.put(run.id(), found.json()));
    }
    return histories;
  }

  /** Whether a run was given such an input. */
  public boolean isGiven(WorkflowRun run, Predicate<ExperimentInput> input) {
    return present(() -> client.fetchHistory(run.workflowId(), run.id()))
        .map(ExperimentClient::inputOf)
        .filter(input)
        .isPresent();
  }

  private static ExperimentInput inputOf(WorkflowExecutionHistory history) {
    Payloads input =
        history.getEvents().getFirst().getWorkflowExecutionStartedEventAttributes().getInput();
    return WorkflowJson.converter()
        .fromPayloads(0, Optional.of(input), ExperimentInput.class, ExperimentInput.class);
  }

  /**
   * How often in a row the run has failed to decide what is next: a defect, or code that does not
   * fit its history.
   */
  public int failedDecisions(WorkflowRun run) {
    DescribeWorkflowExecutionRequest request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(
                WorkflowExecution.newBuilder().setWorkflowId(run.workflowId()).setRunId(run.id()))
            .build();
    return present(() ->
            client
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(request)
                .getPendingWorkflowTask()
                .getAttempt())
        .orElse(NONE);
  }

  /**
   * Starts the workflow, also when an earlier one of this experiment has closed.
   *
   * @return Temporal's name of the run; empty if it runs already
   */
  public Optional<String> start(ExperimentInput input) {
    ExperimentWorkflow workflow =
        client.newWorkflowStub(
            ExperimentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId(input.experimentId()))
                .setTaskQueue(TaskQueues.workflows(store.get()))
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .build());
    try {
      return Optional.of(WorkflowClient.start(workflow::run, input).getRunId());
    } catch (WorkflowExecutionAlreadyStarted e) {
      return Optional.empty();
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
  }

  /**
   * Ends a run that is to be started again from the store.
   *
   * @param why in words
   */
  public void supersede(WorkflowRun run, String why) {
    var _ =
        present(() -> {
          client
              .newUntypedWorkflowStub(
                  WorkflowTargetOptions.newBuilder()
                      .setWorkflowId(run.workflowId())
                      .setRunId(run.id())
                      .build())
              .terminate(RunHistory.SUPERSEDED + why);
          return run;
        });
  }

  /**
   * What the code of an experiment's workflow, or of one of its stages', trips over, so that it
   * does not get on; in words, empty where all is well.
   *
   * @param stages names of the stages that run
   */
  public Optional<String> stuckOn(String experimentId, List<String> stages) {
    String experiment = workflowId(experimentId);
    return Stream.concat(
            Stream.of(experiment), stages.stream().map(stage -> experiment + "/" + stage))
        .flatMap(id -> present(() -> StuckTask.of(client, id)).stream())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Deletes what Temporal has of an experiment's workflow and of its stages', as far as it has
   * closed.
   *
   * @return whether nothing was left to delete: Temporal deletes by and by
   */
  public boolean forget(String experimentId) {
    List<WorkflowRun> runs = runs(workflowId(experimentId));
    runs.stream().filter(run -> !run.isRunning()).forEach(this::delete);
    return runs.isEmpty();
  }

  private void delete(WorkflowRun run) {
    DeleteWorkflowExecutionRequest request =
        DeleteWorkflowExecutionRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setWorkflowExecution(
                WorkflowExecution.newBuilder().setWorkflowId(run.workflowId()).setRunId(run.id()))
            .build();
    var _ =
        present(
            () -> client.getWorkflowServiceStubs().blockingStub().deleteWorkflowExecution(request));
  }

  public Heard pause(String experimentId) {
    return signal(experimentId, ExperimentWorkflow::pause);
  }

  public Heard resume(String experimentId) {
    return signal(experimentId, ExperimentWorkflow::resume);
  }

  public Heard cancel(String experimentId) {
    return signal(experimentId, ExperimentWorkflow::cancel);
  }

  /**
   * Tries the failed stage again.
   *
   * @param number how many retries have been asked for in all
   */
  public Heard retry(String experimentId, int number) {
    return signal(experimentId, workflow -> workflow.retry(number));
  }

  private Heard signal(String experimentId, Consumer<ExperimentWorkflow> signal) {
    try {
      signal.accept(client.newWorkflowStub(ExperimentWorkflow.class, workflowId(experimentId)));
      return Heard.HEARD;
    } catch (WorkflowNotFoundException e) {
      // It has closed, or will be started with what a person wants: the store says so either way.
      return Heard.GONE;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      return switch (code(e)) {
        case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> Heard.REFUSED;
        default -> throw lost(e);
      };
    }
  }

  private String workflowId(String experimentId) {
    return ExperimentWorkflow.workflowId(store.get(), experimentId);
  }

  /** The answer; empty where Temporal has no such workflow. */
  private static <T> Optional<T> present(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (WorkflowNotFoundException e) {
      return Optional.empty();
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      if (code(e) == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw lost(e);
    }
  }

  private static Status.Code code(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return status.getStatus().getCode();
      }
    }
    return Status.Code.UNKNOWN;
  }

  static Lost lost(RuntimeException e) {
    Status.Code code = code(e);
    return code == Status.Code.UNKNOWN
        ? new Lost("Temporal's server does not answer: " + e.getMessage(), e)
        : new Lost(
            "Temporal's server does not answer (%s). It is restarted by: espalier up"
                .formatted(code),
            e);
  }
}
