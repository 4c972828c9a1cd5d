package dev.espalier.workflows.client;

import dev.espalier.search.failure.Lost;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts experiments' workflows and speaks to them. Every call may be repeated. A lost server is
 * {@link Lost}.
 */
public final class ExperimentClient {
  private final WorkflowClient client;

  /** The client must use {@link dev.espalier.workflows.WorkflowJson#converter()}. */
  public ExperimentClient(WorkflowClient client) {
    this.client = client;
  }

  /** Whether Temporal has the experiment's workflow. */
  public enum Presence {
    RUNNING,
    CLOSED,
    ABSENT
  }

  public Presence presence(String experimentId) {
    try {
      WorkflowExecutionStatus status = stub(experimentId).describe().getStatus();
      return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
              || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW
          ? Presence.RUNNING
          : Presence.CLOSED;
    } catch (WorkflowNotFoundException e) {
      return Presence.ABSENT;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
  }

  /**
   * Starts the workflow, also when an earlier one of this experiment has closed.
   *
   * @return false if it runs already
   */
  public boolean start(ExperimentInput input) {
    ExperimentWorkflow workflow =
        client.newWorkflowStub(
            ExperimentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(ExperimentWorkflow.workflowId(input.experimentId()))
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .build());
    try {
      WorkflowClient.start(workflow::run, input);
      return true;
    } catch (WorkflowExecutionAlreadyStarted e) {
      return false;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
  }

  /**
   * The history of an experiment's workflow and of its stages, each as JSON that Temporal's
   * replayer reads, by workflow id; what Temporal no longer has is left out.
   *
   * @param stages names of the stages
   */
  public Map<String, String> histories(String experimentId, List<String> stages) {
    Map<String, String> histories = new LinkedHashMap<>();
    String experiment = ExperimentWorkflow.workflowId(experimentId);
    List<String> ids = new ArrayList<>(List.of(experiment));
    stages.forEach(stage -> ids.add(experiment + "/" + stage));
    for (String id : ids) {
      try {
        histories.put(id, client.fetchHistory(id).toJson(false));
      } catch (WorkflowNotFoundException e) {
        // A reused stage has none.
      } catch (WorkflowServiceException e) {
        throw lost(e);
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
          throw lost(e);
        }
      }
    }
    return histories;
  }

  public void pause(String experimentId) {
    signal(experimentId, ExperimentWorkflow::pause);
  }

  public void resume(String experimentId) {
    signal(experimentId, ExperimentWorkflow::resume);
  }

  public void cancel(String experimentId) {
    signal(experimentId, ExperimentWorkflow::cancel);
  }

  /**
   * Tries the failed stage again.
   *
   * @param number how many retries have been asked for in all
   */
  public void retry(String experimentId, int number) {
    signal(experimentId, workflow -> workflow.retry(number));
  }

  private void signal(String experimentId, Consumer<ExperimentWorkflow> signal) {
    try {
      signal.accept(
          client.newWorkflowStub(
              ExperimentWorkflow.class, ExperimentWorkflow.workflowId(experimentId)));
    } catch (WorkflowNotFoundException e) {
      // It has closed, or will be started with what a person wants: the store says so either way.
      return;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
  }

  private WorkflowStub stub(String experimentId) {
    return client.newUntypedWorkflowStub(ExperimentWorkflow.workflowId(experimentId));
  }

  private static Lost lost(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        Status.Code code = status.getStatus().getCode();
        return new Lost(
            "Temporal's server does not answer (%s). It is restarted by: espalier up"
                .formatted(code),
            e);
      }
    }
    return new Lost("Temporal's server does not answer: " + e.getMessage(), e);
  }
}
