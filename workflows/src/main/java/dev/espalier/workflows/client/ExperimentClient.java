package dev.espalier.workflows.client;

import dev.espalier.search.failure.Lost;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Starts experiments' workflows and speaks to them. Every call may be repeated. A lost server is
 * {@link Lost}.
 */
public final class ExperimentClient {
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
    return presenceOf(workflowId(experimentId));
  }

  private Presence presenceOf(String workflowId) {
    try {
      WorkflowExecutionStatus status =
          client.newUntypedWorkflowStub(workflowId).describe().getStatus();
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
                .setWorkflowId(workflowId(input.experimentId()))
                .setTaskQueue(TaskQueues.workflows(store.get()))
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
    return historiesOf(workflowId(experimentId), stages);
  }

  private Map<String, String> historiesOf(String experiment, List<String> stages) {
    Map<String, String> histories = new LinkedHashMap<>();
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

  /**
   * Ends the run of an experiment that began before stores had a name: its queues have no workers
   * any more. What it has done is in the store.
   *
   * @param stages names of the stages
   * @param ours whether a run with such an input is the caller's: another store may have one of the
   *     same name
   * @param keep told of the histories before the run is ended
   * @return whether there was one
   */
  public boolean endNameless(
      String experimentId,
      List<String> stages,
      Predicate<ExperimentInput> ours,
      Consumer<Map<String, String>> keep) {
    String workflowId = ExperimentWorkflow.namelessWorkflowId(experimentId);
    if (presenceOf(workflowId) != Presence.RUNNING) {
      return false;
    }
    try {
      if (!ours.test(inputOf(workflowId))) {
        return false;
      }
      keep.accept(historiesOf(workflowId, stages));
      client
          .newUntypedWorkflowStub(workflowId)
          .terminate("continued under the name of its store by a newer version of Espalier");
      return true;
    } catch (WorkflowNotFoundException e) {
      return false; // it ended meanwhile
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
  }

  private ExperimentInput inputOf(String workflowId) {
    Payloads input =
        client
            .fetchHistory(workflowId)
            .getEvents()
            .getFirst()
            .getWorkflowExecutionStartedEventAttributes()
            .getInput();
    return WorkflowJson.converter()
        .fromPayloads(0, Optional.of(input), ExperimentInput.class, ExperimentInput.class);
  }

  /**
   * What the code of an experiment's workflow, or of one of its stages', trips over, so that it
   * does not get on; in words, empty where all is well.
   *
   * @param stages names of the stages that run
   */
  public Optional<String> stuckOn(String experimentId, List<String> stages) {
    String experiment = workflowId(experimentId);
    List<String> ids = new ArrayList<>(List.of(experiment));
    stages.forEach(stage -> ids.add(experiment + "/" + stage));
    try {
      return ids.stream().flatMap(id -> StuckTask.of(client, id).stream()).findFirst();
    } catch (WorkflowNotFoundException e) {
      return Optional.empty(); // it has ended meanwhile
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
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
      signal.accept(client.newWorkflowStub(ExperimentWorkflow.class, workflowId(experimentId)));
    } catch (WorkflowNotFoundException e) {
      // It has closed, or will be started with what a person wants: the store says so either way.
      return;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw lost(e);
    }
  }

  private String workflowId(String experimentId) {
    return ExperimentWorkflow.workflowId(store.get(), experimentId);
  }

  static Lost lost(RuntimeException e) {
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
