package dev.espalier.workflows.fake;

import dev.espalier.search.method.Specification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.worker.Algorithms;
import dev.espalier.workflows.worker.OwnRevisions;
import dev.espalier.workflows.worker.WorkflowTypes;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A Temporal server that skips time, a worker, and fakes of everything else. */
public final class Laboratory implements AutoCloseable {
  /** The name of the store that its experiments belong to. */
  public static final String STORE = "garden42";

  private static final int SLOTS = 100;

  private final TestWorkflowEnvironment environment;
  private final ExperimentClient client;
  private final FakeStore store;
  private final Script script = new Script();
  private final List<WorkerFactory> joined = new ArrayList<>();

  public Laboratory() {
    this(new FakeStore());
  }

  public Laboratory(FakeStore store) {
    this(
        TestWorkflowEnvironment.newInstance(options()),
        store,
        SLOTS,
        worker -> worker.registerWorkflowImplementationTypes(WorkflowTypes.implementations()));
  }

  /**
   * @param environment made with {@link #options()}
   * @param slots how many units of work may run at once
   * @param workflows registers the workflows
   */
  public Laboratory(
      TestWorkflowEnvironment environment, FakeStore store, int slots, Consumer<Worker> workflows) {
    this.environment = environment;
    this.store = store;
    this.client = new ExperimentClient(environment.getWorkflowClient(), () -> STORE);
    register(environment.getWorkerFactory(), script, slots, workflows);
    environment.start();
  }

  private void register(
      WorkerFactory factory, Script units, int slots, Consumer<Worker> workflows) {
    Worker worker = factory.newWorker(TaskQueues.workflows(STORE), workerOptions(SLOTS));
    workflows.accept(worker);
    worker.registerActivitiesImplementations(store);
    Worker computing =
        factory.newWorker(TaskQueues.compute(STORE, NumericClasses.CPU), workerOptions(slots));
    FakeEvolution evolution = new FakeEvolution(units);
    computing.registerActivitiesImplementations(
        new FakeUnits(units, store),
        evolution,
        new FakeNeuralPredictor(units, store, evolution),
        new FakeMetaDatabase(units),
        new FakeMetaModels(units, evolution));
  }

  /** A laboratory whose worker is of a build that computes these algorithms. */
  public static Laboratory ofBuild(Algorithms algorithms) {
    return new Laboratory(
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder(options())
                .setWorkerFactoryOptions(build(algorithms))
                .build()),
        new FakeStore(),
        SLOTS,
        worker -> worker.registerWorkflowImplementationTypes(WorkflowTypes.implementations()));
  }

  /**
   * A second worker, of a build that computes these algorithms, until the laboratory is closed;
   * returns what its units meet.
   */
  public Script join(Algorithms algorithms) {
    Script units = new Script();
    WorkerFactory factory = WorkerFactory.newInstance(temporal(), build(algorithms));
    register(
        factory,
        units,
        SLOTS,
        worker -> worker.registerWorkflowImplementationTypes(WorkflowTypes.implementations()));
    factory.start();
    joined.add(factory);
    return units;
  }

  /** The first worker ends. */
  public void leave() {
    environment.getWorkerFactory().shutdownNow();
    environment.getWorkerFactory().awaitTermination(10, TimeUnit.SECONDS);
  }

  private static WorkerFactoryOptions build(Algorithms algorithms) {
    return WorkerFactoryOptions.newBuilder()
        .setWorkerInterceptors(new OwnRevisions(algorithms))
        .build();
  }

  /** A laboratory with that many slots for units of work. */
  public static Laboratory withSlots(int slots) {
    return new Laboratory(
        TestWorkflowEnvironment.newInstance(options()),
        new FakeStore(),
        slots,
        worker -> worker.registerWorkflowImplementationTypes(WorkflowTypes.implementations()));
  }

  /** A laboratory with other workflows than the product's. */
  public static Laboratory withWorkflows(Consumer<Worker> workflows) {
    return new Laboratory(
        TestWorkflowEnvironment.newInstance(options()), new FakeStore(), SLOTS, workflows);
  }

  /** A laboratory on a real server, where time passes as usual. */
  public static Laboratory onServer(Path command) {
    TemporalDevServerOptions server =
        TemporalDevServerOptions.newBuilder()
            .setExistingPath(command.toString())
            .setDownloadEnabled(false)
            .build();
    return new Laboratory(
        TestWorkflowEnvironment.startLocal(options(), server),
        new FakeStore(),
        SLOTS,
        worker -> worker.registerWorkflowImplementationTypes(WorkflowTypes.implementations()));
  }

  public static TestEnvironmentOptions options() {
    return TestEnvironmentOptions.newBuilder()
        .setWorkflowClientOptions(
            WorkflowClientOptions.newBuilder().setDataConverter(WorkflowJson.converter()).build())
        .build();
  }

  /** Heartbeats at once; patience with a machine that is busy with other things. */
  private static WorkerOptions workerOptions(int slots) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
        .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(20))
        .setDefaultDeadlockDetectionTimeout(20_000)
        .build();
  }

  /** The quick preset with one repeat, so that a round is a few units, and what is set beside. */
  public static ExperimentInput input(String id, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("search.repeats", "1"));
    all.putAll(sets);
    return inputFor(id, TeNasSpecification.preset("quick", all), "");
  }

  public static ExperimentInput input(String id) {
    return input(id, Map.of());
  }

  /** Starts an experiment; returns when so many of its units of this name wait at the gate. */
  public Gate startUntil(String unit, int units, ExperimentInput input) {
    Gate gate = script.before(unit, Gate.reachedBy(units));
    client.start(input);
    gate.awaitReached();
    return gate;
  }

  public static ExperimentInput inputFor(String id, Specification specification, String salt) {
    List<Prerequisite> first = Plans.prerequisites(specification);
    return new ExperimentInput(
        id,
        specification.canonical(),
        NumericClasses.CPU,
        "",
        salt,
        Plans.of(specification.method()),
        STORE,
        null,
        first.isEmpty() ? null : first,
        null);
  }

  /** The workflow id of an experiment. */
  public static String workflowId(String experimentId) {
    return ExperimentWorkflow.workflowId(STORE, experimentId);
  }

  public FakeStore store() {
    return store;
  }

  public Script script() {
    return script;
  }

  /** Starts and steers experiments as the product does. */
  public ExperimentClient client() {
    return client;
  }

  public WorkflowClient temporal() {
    return environment.getWorkflowClient();
  }

  public TestWorkflowEnvironment environment() {
    return environment;
  }

  /** Runs an experiment to its end; returns its digest. */
  public String complete(ExperimentInput input) {
    client.start(input);
    awaitEnd(input.experimentId());
    return store.digest(input.experimentId());
  }

  /** Waits for the end of an experiment's workflow; time that nothing happens in is skipped. */
  public void awaitEnd(String experimentId) {
    awaitEnd(experimentId, Patience.LIMIT);
  }

  /** As above, of one that has much to do. */
  public void awaitEnd(String experimentId, Duration limit) {
    WorkflowStub stub = temporal().newUntypedWorkflowStub(workflowId(experimentId));
    try {
      stub.getResult(limit.toMillis(), TimeUnit.MILLISECONDS, Void.class);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "%s did not end: it is %s (%s) after %s"
              .formatted(
                  experimentId,
                  store.state(experimentId),
                  store.reason(experimentId),
                  store.events(experimentId)),
          e);
    }
  }

  /** Runs one workflow of any type to its end. */
  public <R> R complete(String type, String id, Class<R> result, Object input) {
    WorkflowStub stub =
        temporal()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(TaskQueues.workflows(STORE))
                    .build());
    stub.start(input);
    try {
      return stub.getResult(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS, result);
    } catch (TimeoutException e) {
      throw new AssertionError(type + " did not end", e);
    }
  }

  /** Whether the workflow of an experiment ended as failed or cancelled in Temporal's eyes. */
  public WorkflowFailedException awaitFailure(String experimentId) {
    try {
      awaitEnd(experimentId);
    } catch (WorkflowFailedException e) {
      return e;
    }
    throw new AssertionError(experimentId + " did not fail");
  }

  /** What happened in the newest run of an experiment's stage; of the experiment for "". */
  public WorkflowExecutionHistory history(String experimentId, String stage) {
    String id = workflowId(experimentId) + (stage.isEmpty() ? "" : "/" + stage);
    return temporal().fetchHistory(id);
  }

  /** Waits until a stage, or the experiment for "", has been told so many things. */
  public void awaitSignals(String experimentId, String stage, int signals) {
    Patience.until(
        "%s/%s was told %d things".formatted(experimentId, stage, signals),
        () ->
            events(experimentId, stage, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                >= signals);
  }

  /**
   * Waits until so many activities of a stage have given their answers. The server in memory fails
   * where an activity ends at the moment at which it is to be cancelled: tests that cancel or pause
   * see to it that this does not happen.
   */
  public void awaitAnswers(String experimentId, String stage, int answers) {
    Patience.until(
        "%s/%s has %d answers".formatted(experimentId, stage, answers),
        () -> events(experimentId, stage, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) >= answers);
  }

  /** Waits until a stage has been asked to cancel and has taken note of it. */
  public void awaitCancelTaken(String experimentId, String stage) {
    Patience.until(
        "%s/%s knows that it is cancelled".formatted(experimentId, stage),
        () -> isCancelTaken(history(experimentId, stage).getEvents()));
  }

  private static boolean isCancelTaken(List<HistoryEvent> events) {
    boolean requested = false;
    for (HistoryEvent event : events) {
      requested |= event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED;
      if (requested && event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) {
        return true;
      }
    }
    return false;
  }

  /** Waits until a stage, or the experiment for "", has nothing to do but wait. */
  public void awaitQuiet(String experimentId, String stage) {
    Patience.until(
        "%s/%s is quiet".formatted(experimentId, stage),
        () -> isQuiet(history(experimentId, stage).getEvents()));
  }

  private static boolean isQuiet(List<HistoryEvent> events) {
    int open = 0;
    boolean deciding = false;
    for (HistoryEvent event : events) {
      switch (event.getEventType()) {
        case EVENT_TYPE_WORKFLOW_TASK_SCHEDULED -> deciding = true;
        case EVENT_TYPE_WORKFLOW_TASK_COMPLETED -> deciding = false;
        case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> open++;
        case EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
            EVENT_TYPE_ACTIVITY_TASK_FAILED,
            EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
            open--;
        default -> {}
      }
    }
    return open == 0 && !deciding;
  }

  /** How many events of a type happened in the newest run. */
  public long events(String experimentId, String stage, EventType type) {
    return history(experimentId, stage).getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .count();
  }

  @Override
  public void close() {
    joined.forEach(WorkerFactory::shutdownNow);
    environment.close();
  }
}
