package dev.espalier.workflows.client;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.client.WorkflowClient;
import java.util.Optional;

/**
 * What the code of a workflow trips over, so that its task is tried again and again: a defect, or a
 * workflow of another build. Temporal shows it nowhere but in the history.
 */
final class StuckTask {
  /** A worker that died with a task in hand costs it an attempt or two. */
  private static final int ATTEMPTS = 3;

  private static final int NEWEST = 5;

  private StuckTask() {}

  /** The failure in words; empty where the workflow gets on. */
  static Optional<String> of(WorkflowClient client, String workflowId) {
    DescribeWorkflowExecutionResponse now =
        client.newUntypedWorkflowStub(workflowId).describe().getRawDescription();
    if (now.getPendingWorkflowTask().getAttempt() < ATTEMPTS) {
      return Optional.empty();
    }
    // Only the first of the failures in a row is in the history: it is the newest event but one or
    // two.
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .getWorkflowExecutionHistoryReverse(
            GetWorkflowExecutionHistoryReverseRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(
                    WorkflowExecution.newBuilder()
                        .setWorkflowId(workflowId)
                        .setRunId(now.getWorkflowExecutionInfo().getExecution().getRunId()))
                .setMaximumPageSize(NEWEST)
                .build())
        .getHistory()
        .getEventsList()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        .findFirst()
        .map(StuckTask::inWords);
  }

  private static String inWords(HistoryEvent failed) {
    Failure cause = failed.getWorkflowTaskFailedEventAttributes().getFailure();
    while (cause.hasCause()) {
      cause = cause.getCause();
    }
    String type = cause.getApplicationFailureInfo().getType();
    return "%s (%s)".formatted(cause.getMessage(), type.substring(type.lastIndexOf('.') + 1));
  }
}
