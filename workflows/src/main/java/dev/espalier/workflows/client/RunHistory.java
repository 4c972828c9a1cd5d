package dev.espalier.workflows.client;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionTerminatedEventAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;

/** What happened in one run of a workflow. */
public final class RunHistory {
  /** How the reason begins for which a run was ended that goes on from the store. */
  static final String SUPERSEDED = "continued from the store: ";

  private final WorkflowExecutionHistory history;

  RunHistory(WorkflowExecutionHistory history) {
    this.history = history;
  }

  /** As Temporal's replayer reads it. */
  public String json() {
    return history.toJson(false);
  }

  /** Whether it was told to cancel, by us or by Temporal's own means. */
  public boolean isToldToCancel() {
    return history.getEvents().stream()
        .anyMatch(event ->
            event.hasWorkflowExecutionCancelRequestedEventAttributes()
                || event
                    .getWorkflowExecutionSignaledEventAttributes()
                    .getSignalName()
                    .equals("cancel"));
  }

  /** Whether it was ended in order to be started again. */
  public boolean isSuperseded() {
    return terminated().getReason().startsWith(SUPERSEDED);
  }

  /** Why it was ended or failed, in words; empty where it does not say. */
  public String reason() {
    WorkflowExecutionTerminatedEventAttributes terminated = terminated();
    if (!terminated.getReason().isEmpty()) {
      return terminated.getIdentity().isEmpty()
          ? terminated.getReason()
          : "%s (by %s)".formatted(terminated.getReason(), terminated.getIdentity());
    }
    return last().getWorkflowExecutionFailedEventAttributes().getFailure().getMessage();
  }

  private WorkflowExecutionTerminatedEventAttributes terminated() {
    return last().getWorkflowExecutionTerminatedEventAttributes();
  }

  private HistoryEvent last() {
    List<HistoryEvent> events = history.getEvents();
    return events.getLast();
  }
}
