package dev.espalier.workflows.revision;

import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.StagePlan;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StageInput;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets a worker do only what its build computes: of an experiment that another build launched with
 * another revision of an algorithm, it takes neither the workflows nor the units of work. Both are
 * offered again, until a worker of the right build takes them.
 */
public final class OwnRevisions extends WorkerInterceptorBase {
  /*
   * A unit's request does not say which revision is asked for: its header does. Runs that began before there was one
   * have none, and are anybody's.
   */
  private static final String HEADER = "espalier-algorithm";

  private final Algorithms algorithms;

  public OwnRevisions(Algorithms algorithms) {
    this.algorithms = algorithms;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new Workflows(next);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Units(next);
  }

  /** Refuses a workflow; the server tries its task again, at whichever worker. */
  private final class Workflows extends WorkflowInboundCallsInterceptorBase {
    private final Labels labels = new Labels();

    Workflows(WorkflowInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(WorkflowOutboundCallsInterceptor outbound) {
      super.init(labels.on(outbound));
    }

    @Override
    public WorkflowOutput execute(WorkflowInput input) {
      for (Object argument : input.getArguments()) {
        switch (argument) {
          case ExperimentInput experiment -> {
            for (StagePlan plan : experiment.plan()) {
              require(Algorithms.of(experiment.specification(), plan));
            }
          }
          case StageInput stage when stage.algorithm() != null -> {
            require(stage.algorithm());
            labels.algorithm = stage.algorithm();
          }
          default -> {}
        }
      }
      return super.execute(input);
    }

    private void require(String algorithm) {
      if (!algorithms.computes(algorithm)) {
        throw new IllegalStateException(algorithms.refusal(algorithm));
      }
    }
  }

  /** Writes on every unit of work which algorithm it belongs to. */
  private static final class Labels {
    private @Nullable String algorithm;

    WorkflowOutboundCallsInterceptor on(WorkflowOutboundCallsInterceptor next) {
      return new WorkflowOutboundCallsInterceptorBase(next) {
        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
          return super.executeActivity(algorithm == null ? input : labelled(input, algorithm));
        }
      };
    }

    private static <R> WorkflowOutboundCallsInterceptor.ActivityInput<R> labelled(
        WorkflowOutboundCallsInterceptor.ActivityInput<R> input, String algorithm) {
      Map<String, Payload> header = new TreeMap<>(input.getHeader().getValues());
      DefaultDataConverter.STANDARD_INSTANCE
          .toPayload(algorithm)
          .ifPresent(payload -> header.put(HEADER, payload));
      return new WorkflowOutboundCallsInterceptor.ActivityInput<>(
          input.getActivityName(),
          input.getResultClass(),
          input.getResultType(),
          input.getArgs(),
          input.getOptions(),
          new Header(header));
    }
  }

  /** Refuses a unit of work, as lost infrastructure: it is tried again, at whichever worker. */
  private final class Units extends ActivityInboundCallsInterceptorBase {
    Units(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      Payload label = input.getHeader().getValues().get(HEADER);
      if (label != null) {
        String algorithm =
            DefaultDataConverter.STANDARD_INSTANCE.fromPayload(label, String.class, String.class);
        if (!algorithms.computes(algorithm)) {
          throw ApplicationFailure.newFailure(algorithms.refusal(algorithm), ActivityRules.LOST);
        }
      }
      return super.execute(input);
    }
  }
}
