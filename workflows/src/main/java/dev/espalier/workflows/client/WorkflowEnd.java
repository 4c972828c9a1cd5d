package dev.espalier.workflows.client;

import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping.StageFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** How a workflow's newest run ended, for people. */
public final class WorkflowEnd {
  private WorkflowEnd() {}

  /**
   * Why a stage failed; asked for in an activity of the experiment's workflow. Where the stage's
   * workflow was ended from outside, Temporal is asked.
   */
  public static String reason(StageFailure failure) {
    if (!failure.reason().isBlank()) {
      return failure.reason();
    }
    ActivityExecutionContext context = Activity.getExecutionContext();
    String workflow = context.getInfo().getWorkflowId() + "/" + failure.stage();
    return "its workflow %s ended before it was done: %s. What is recorded is kept; to go on: espalier retry %s"
        .formatted(workflow, why(context.getWorkflowClient(), workflow), failure.experimentId());
  }

  private static String why(WorkflowClient client, String workflow) {
    try {
      return inWords(client, workflow);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return "Temporal no longer knows why";
      }
      throw ApplicationFailure.newFailureWithCause(
          "Temporal's server does not answer", ActivityRules.LOST, e);
    }
  }

  /**
   * In words, such as {@code it was terminated: Workflow history size exceeds limit.}
   *
   * @throws io.grpc.StatusRuntimeException where the server does not answer or does not know it
   */
  public static String inWords(WorkflowClient client, String workflowId) {
    List<HistoryEvent> events =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .getWorkflowExecutionHistory(
                GetWorkflowExecutionHistoryRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                    .setHistoryEventFilterType(
                        HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
                    .build())
            .getHistory()
            .getEventsList();
    return events.isEmpty() ? "it has not ended" : inWords(events.getLast());
  }

  private static String inWords(HistoryEvent event) {
    return switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED ->
          "it was terminated"
              + because(event.getWorkflowExecutionTerminatedEventAttributes().getReason());
      case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED ->
          "it failed"
              + because(innermost(event.getWorkflowExecutionFailedEventAttributes().getFailure()));
      case EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT -> "it timed out";
      case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> "it was cancelled";
      case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> "it completed";
      case EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW -> "it goes on in another run";
      default -> "it has not ended";
    };
  }

  private static String because(String reason) {
    return reason.isBlank() ? ", without a reason" : ": " + reason;
  }

  private static String innermost(Failure failure) {
    Failure cause = failure;
    while (cause.hasCause() && !cause.getCause().getMessage().isBlank()) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }
}
