package dev.espalier.workers;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import dev.espalier.workflows.stage.ActivityRules;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;

/**
 * Refuses work of another store's experiments. Queues keep it away; this also notices a database
 * that was replaced under a running worker.
 */
final class OwnStore extends WorkerInterceptorBase {
  private final Store store;

  OwnStore(Store store) {
    this.store = store;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Guard(next);
  }

  private final class Guard extends ActivityInboundCallsInterceptorBase {
    private String workflowId = "";

    Guard(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      workflowId = context.getInfo().getWorkflowId();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      String own = identity();
      if (ExperimentWorkflow.isForeign(workflowId, own)) {
        throw ApplicationFailure.newFailure(
            "%s is not an experiment of this worker's store (%s, %s): it waits for a worker of its own"
                .formatted(workflowId, own, store),
            ActivityRules.LOST);
      }
      return super.execute(input);
    }

    private String identity() {
      try {
        return store.identity();
      } catch (Lost e) {
        throw ApplicationFailure.newFailureWithCause(
            String.valueOf(e.getMessage()), ActivityRules.LOST, e);
      }
    }
  }
}
