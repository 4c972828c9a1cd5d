package dev.espalier.workers.alone;

import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.FreeSpace;
import dev.espalier.activities.unit.Patience;
import dev.espalier.activities.unit.Stillness;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.workers.WorkerContext;
import dev.espalier.workers.WorkerRegistration;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.stage.StageRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** Units of work with habits: the last word of a unit's name says which. */
public final class ErrandRegistration implements WorkerRegistration, UnitRegistration {
  /** Kills whatever process it is in. */
  static final String POISON = "poison";

  /** Comes no step further, ever. */
  static final String HANGING = "hanging";

  /** Does nothing wrong, for some seconds. */
  static final String HEALTHY = "healthy";

  private static final Patience SHORT =
      new Patience(
          Duration.ofSeconds(12),
          2,
          2,
          Duration.ofSeconds(4),
          new Stillness(Duration.ofSeconds(6), 3, 2),
          Duration.ofSeconds(2));

  @WorkflowInterface
  public interface Errand {
    @WorkflowMethod
    String run(String queue, String name);
  }

  @ActivityInterface
  public interface Work {
    @ActivityMethod
    String compute(String name);
  }

  /** Ends with the answer, or with the failure in words. */
  public static final class ErrandWorkflow implements Errand {
    @Override
    public String run(String queue, String name) {
      Work work =
          Workflow.newActivityStub(
              Work.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(queue)
                  .setStartToCloseTimeout(Duration.ofMinutes(10))
                  .setHeartbeatTimeout(Duration.ofSeconds(4))
                  .setRetryOptions(
                      RetryOptions.newBuilder()
                          .setInitialInterval(Duration.ofMillis(100))
                          .setMaximumInterval(Duration.ofSeconds(1))
                          .build())
                  .build());
      try {
        return work.compute(name);
      } catch (ActivityFailure e) {
        ApplicationFailure failure =
            (ApplicationFailure) Objects.requireNonNull(e.getCause(), "an activity's failure");
        return failure.getType() + ": " + failure.getOriginalMessage();
      }
    }
  }

  private record Habits(UnitsOfWork units) implements Work {
    @Override
    public String compute(String name) {
      UnitName unit = new UnitName(new StageRef("an-experiment", "errands", "errands"), name, name);
      return units.attempt(
          unit, new Task<>(name, String.class, 5), attempt -> behave(name, attempt));
    }

    private static String behave(String name, Attempt attempt) {
      if (name.endsWith(POISON)) {
        Runtime.getRuntime().halt(1);
      }
      while (name.endsWith(HANGING)) {
        LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
        Thread.interrupted(); // a native call does not hear it either
      }
      for (int step = 0; step < 30; step++) {
        attempt.orStop();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      return "done";
    }
  }

  @Override
  public Registered register(WorkerContext context) {
    context
        .factory()
        .newWorker(TaskQueues.workflows(context.store().identity()))
        .registerWorkflowImplementationTypes(ErrandWorkflow.class);
    UnitsOfWork units =
        UnitsOfWork.owned(
            context.store(),
            new EspalierMetrics(context.metrics()),
            context.workerId(),
            new FreeSpace(List.of()),
            SHORT,
            context.isolation(ErrandRegistration.class),
            context.leave());
    context
        .factory()
        .newWorker(
            TaskQueues.compute(context.store().identity(), context.torch().numericClass()),
            WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(context.settings().slots())
                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
                .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
                .build())
        .registerActivitiesImplementations(new Habits(units));
    return () -> {};
  }

  @Override
  public List<Object> activities(UnitContext context) {
    return List.of(
        new Habits(
            UnitsOfWork.alone(
                context.store(),
                new EspalierMetrics(new SimpleMeterRegistry()),
                context.workerId(),
                new FreeSpace(List.of()),
                context.errand(),
                context.report())));
  }
}
