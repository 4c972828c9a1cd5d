package dev.espalier.workflows.sizes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.workflows.fake.Laboratory;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of Temporal's limits one run of a workflow takes.
 *
 * @param events of its history
 * @param bytes of its history
 * @param largest event, bytes: a payload, about
 * @param batch the largest sum of the events that one workflow task made, bytes: one message
 */
record Footprint(String workflow, int events, long bytes, long largest, long batch) {
  private static final int MOST_EVENTS = 51_200 / 2;
  private static final long MOST_BYTES = 50L * 1024 * 1024 / 2;
  private static final long MOST_PAYLOAD = 2L * 1024 * 1024 / 2;
  private static final long MOST_MESSAGE = 4L * 1024 * 1024 / 2;

  /** Of all runs of an experiment's workflow and of those of some stages. */
  static List<Footprint> of(Laboratory laboratory, String experimentId, List<String> stages) {
    List<Footprint> all = new ArrayList<>();
    String experiment = Laboratory.workflowId(experimentId);
    List<String> ids = new ArrayList<>(List.of(experiment));
    stages.forEach(stage -> ids.add(experiment + "/" + stage));
    for (String id : ids) {
      String run = ""; // the newest
      do {
        List<HistoryEvent> events = events(laboratory, id, run);
        all.add(of(id, events));
        run =
            events
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getContinuedExecutionRunId();
      } while (!run.isEmpty());
    }
    return all;
  }

  private static Footprint of(String id, List<HistoryEvent> events) {
    long bytes = 0;
    long largest = 0;
    Map<Long, Long> batches = new HashMap<>();
    for (HistoryEvent event : events) {
      int size = event.getSerializedSize();
      bytes += size;
      largest = Math.max(largest, size);
      if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
        long task =
            event.getActivityTaskScheduledEventAttributes().getWorkflowTaskCompletedEventId();
        batches.merge(task, (long) size, Long::sum);
      }
    }
    long batch = batches.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new Footprint(id, events.size(), bytes, largest, batch);
  }

  private static List<HistoryEvent> events(Laboratory laboratory, String id, String run) {
    WorkflowServiceStubs service = laboratory.temporal().getWorkflowServiceStubs();
    GetWorkflowExecutionHistoryRequest.Builder request =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(laboratory.temporal().getOptions().getNamespace())
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(run));
    List<HistoryEvent> events = new ArrayList<>();
    do {
      GetWorkflowExecutionHistoryResponse response =
          service.blockingStub().getWorkflowExecutionHistory(request.build());
      events.addAll(response.getHistory().getEventsList());
      request.setNextPageToken(response.getNextPageToken());
    } while (!request.getNextPageToken().isEmpty());
    return events;
  }

  /** Half of each limit. */
  void isModest() {
    assertThat(events).as("events of %s", workflow).isLessThan(MOST_EVENTS);
    assertThat(bytes).as("bytes of %s", workflow).isLessThan(MOST_BYTES);
    assertThat(largest).as("largest event of %s", workflow).isLessThan(MOST_PAYLOAD);
    assertThat(batch).as("largest batch of %s", workflow).isLessThan(MOST_MESSAGE);
  }
}
