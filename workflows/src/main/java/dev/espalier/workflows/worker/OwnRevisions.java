package dev.espalier.workflows.worker;

import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a worker do only what its build computes: of an experiment that another build launched with
 * another revision of an algorithm, it takes neither the workflows nor the units of work. Both are
 * offered again, until a worker of the right build takes them.
 */
public final class OwnRevisions extends WorkerInterceptorBase {
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
    private @Nullable Label label;

    Workflows(WorkflowInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(WorkflowOutboundCallsInterceptor outbound) {
      label = new Label(outbound);
      super.init(label);
    }

    @Override
    public WorkflowOutput execute(WorkflowInput input) {
      for (Object argument : input.getArguments()) {
        switch (argument) {
          case ExperimentInput experiment -> {
            for (StagePlan plan : experiment.plan()) {
              require(plan.algorithm(experiment.specification()));
            }
            for (Prerequisite first : experiment.whatIsMadeFirst()) {
              first.plan().forEach(plan -> require(plan.algorithm(first.specification())));
            }
          }
          case StageInput stage when stage.algorithm() != null -> {
            require(stage.algorithm());
            Objects.requireNonNull(label).write(stage.algorithm());
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

  /** Refuses a unit of work, as lost infrastructure: it is tried again, at whichever worker. */
  private final class Units extends ActivityInboundCallsInterceptorBase {
    Units(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      Optional<String> algorithm = Label.read(input.getHeader());
      if (algorithm.isPresent() && !algorithms.computes(algorithm.get())) {
        throw ApplicationFailure.newFailure(
            algorithms.refusal(algorithm.get()), ActivityRules.LOST);
      }
      return super.execute(input);
    }
  }
}
