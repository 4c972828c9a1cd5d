package dev.espalier.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.store.Event;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.TemporalNamespace;
import dev.espalier.workflows.client.WorkflowRun;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.worker.WorkerFactory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store and a real Temporal that know different things of an experiment. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class ReconcilerTest {
  /** So few that a test comes to the end of them. */
  private static final int MOST_SIGNALS = 5;

  @TempDir static Path folder;

  private static TemporalDevServer server;
  private static EmbeddedStore embedded;
  private static Store store;
  private static WorkflowServiceStubs stubs;
  private static WorkflowClient temporal;
  private static WorkerFactory workers;
  private static ExperimentClient client;
  private static Tenure tenure;
  private static Reconciler reconciler;

  @BeforeAll
  static void start() {
    server =
        TemporalDevServer.start(
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(temporalBinary().toString())
                .setDownloadEnabled(false)
                .setLogFile(folder.resolve("temporal.log").toString())
                .setExtraArgs(
                    "--dynamic-config-value",
                    "history.maximumSignalsPerExecution=" + MOST_SIGNALS,
                    "--dynamic-config-value",
                    "history.workflowIdReuseMinimalInterval=\"0s\"")
                .build());
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(server.getTarget()).build());
    temporal =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(WorkflowJson.converter()).build());
    workers = WorkerFactory.newInstance(temporal);
    workers
        .newWorker(TaskQueues.workflows(store.identity()))
        .registerWorkflowImplementationTypes(ScriptedExperiment.class);
    workers.start();
    client = new ExperimentClient(temporal, store::identity);
    tenure =
        new Tenure(store, () -> TemporalNamespace.id(stubs, "default"), "here", true, () -> {});
    reconciler = new Reconciler(store, client, tenure, Endings.NOTHING, words -> fail(words));
    tenure.renew();
  }

  private static Path temporalBinary() {
    Optional<Path> found =
        Stream.concat(
                Stream.ofNullable(System.getenv("ESPALIER_TEMPORAL")).map(Path::of),
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                    .map(path -> Path.of(path, "temporal")))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("no `temporal` on the PATH: in CI this test must run");
    }
    Assumptions.assumeTrue(found.isPresent(), "NOT RUN: there is no `temporal` on the PATH");
    return found.orElseThrow();
  }

  @AfterAll
  static void stop() {
    if (server == null) {
      return;
    }
    reconciler.close();
    workers.shutdownNow();
    stubs.shutdownNow();
    store.close();
    embedded.close();
    server.close();
  }

  private static String launched(String id, String script) {
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                id,
                TeNasSpecification.preset("quick", Map.of()).canonical(),
                script,
                List.of(),
                Instant.now(),
                "ada",
                "1"));
    return id;
  }

  private static ExperimentDocument experiment(String id) {
    return store.experiments().find(id).orElseThrow();
  }

  private static String workflowId(String id) {
    return ExperimentWorkflow.workflowId(store.identity(), id);
  }

  private static String run(String id) {
    return client.run(id).map(WorkflowRun::id).orElse("none");
  }

  private static long signals(String id) {
    return temporal.fetchHistory(workflowId(id)).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .count();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static void awaitClosed(String id) {
    await(id + " has closed", () -> client.run(id).filter(run -> !run.isRunning()).isPresent());
  }

  @Test
  void aServerOfOurOwnKeepsWhatHasClosedUntilSomeoneComesBack() {
    TemporalNamespace.keepAtLeast(stubs, "default", Duration.ofDays(90));
    long seconds =
        stubs
            .blockingStub()
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace("default").build())
            .getConfig()
            .getWorkflowExecutionRetentionTtl()
            .getSeconds();
    assertThat(Duration.ofSeconds(seconds)).isEqualTo(Duration.ofDays(90));
  }

  @Test
  void anExperimentWhoseWorkflowTripsOverItselfSaysSoOnce() {
    String id = launched("tripping", "trip");
    await("it is said", () -> passed() || !stuck(id).isEmpty());
    for (int pass = 0; pass < 20; pass++) {
      reconciler.reconcile();
    }
    assertThat(stuck(id))
        .singleElement()
        .satisfies(event ->
            assertThat(event.text())
                .contains("a round of minus one candidates (IllegalArgumentException)")
                .contains("nothing recorded is lost"));
    ScriptedExperiment.mended = true;
    awaitClosed(id);
  }

  private static List<Event> stuck(String id) {
    return store.events().list(id).stream().filter(event -> event.kind().equals("stuck")).toList();
  }

  @Test
  void aWishIsToldOnceHoweverLongItTakes() {
    String id = launched("once", "");
    reconciler.reconcile();
    store.experiments().setDesired(id, ExperimentState.PAUSED);
    for (int pass = 0; pass < 20; pass++) {
      reconciler.reconcile(); // the scripted workflow never says that it is paused
    }
    // Temporal shows what comes while the workflow is at work only when it is done with that.
    await("the wish is in the history", () -> signals(id) > 0);
    assertThat(signals(id)).isEqualTo(1);
    assertThat(store.experiments().setDesired(id, ExperimentState.PAUSED)).isFalse();
  }

  @Test
  void aThousandChangesOfMindAreFewSignals() {
    String id = launched("hammered", "");
    reconciler.reconcile();
    Control control = new Control(store, reconciler);
    for (int i = 0; i < 500; i++) {
      control.pause(id);
      control.resume(id);
    }
    control.pause(id);
    await(
        "the last wish is told",
        () -> store.experiments().steering(id).isKnownTo(run(id)) || passed());
    assertThat(signals(id)).isLessThanOrEqualTo(MOST_SIGNALS);
    assertThat(experiment(id).desired()).isEqualTo(ExperimentState.PAUSED);
  }

  private static boolean passed() {
    reconciler.reconcile();
    return false;
  }

  @Test
  void whereTemporalTakesNoMoreSignalsItStartsAgainWithWhatIsWanted() {
    String id = launched("full", "");
    reconciler.reconcile();
    String first = run(id);
    for (int i = 0; i < MOST_SIGNALS; i++) {
      client.resume(id);
    }
    store.experiments().setDesired(id, ExperimentState.PAUSED);
    reconciler.reconcile();

    assertThat(run(id)).isNotEqualTo(first);
    assertThat(
            client.isGiven(
                client.run(id).orElseThrow(), input -> Boolean.TRUE.equals(input.paused())))
        .isTrue();
    assertThat(signals(id)).isZero();
    assertThat(experiment(id).state()).isNotEqualTo(ExperimentState.NEEDS_ATTENTION);

    for (int i = 0; i < MOST_SIGNALS; i++) {
      client.resume(id);
    }
    store.experiments().setDesired(id, ExperimentState.CANCELLED);
    await("it is cancelled", () -> experiment(id).state() == ExperimentState.CANCELLED || passed());
  }

  @Test
  void anEndThatTheStoreDoesNotHaveIsComeToAgain() {
    String id = launched("ahead", "end");
    reconciler.reconcile();
    awaitClosed(id);
    store.experiments().updateState(id, ExperimentState.RUNNING, null);
    String first = run(id);
    reconciler.reconcile();

    assertThat(run(id)).isNotEqualTo(first);
    assertThat(experiment(id).state()).isEqualTo(ExperimentState.RUNNING);
    assertThat(store.events().list(id))
        .extracting(Event::text)
        .anyMatch(text -> text.contains("older"));
    store.experiments().complete(id, "digest", "{}");
  }

  @Test
  void aCancellationThatTheStoreDoesNotHaveIsNotUndone() {
    String id = launched("forgotten", "");
    reconciler.reconcile();
    client.cancel(id);
    awaitClosed(id);
    reconciler.reconcile();
    assertThat(experiment(id).state()).isEqualTo(ExperimentState.CANCELLED);
  }

  @Test
  void whatAPersonEndedByTemporalsMeansWaitsForOneWithTheReason() {
    String id = launched("ended", "");
    reconciler.reconcile();
    temporal.newUntypedWorkflowStub(workflowId(id)).terminate("I need the machine");
    reconciler.reconcile();
    assertThat(experiment(id).state()).isEqualTo(ExperimentState.NEEDS_ATTENTION);
    assertThat(experiment(id).reason()).contains("I need the machine").contains("espalier retry");

    String first = run(id);
    reconciler.reconcile();
    assertThat(run(id)).isEqualTo(first);
    new Control(store, reconciler).retry(id, "", "ada");
    await("it is started again", () -> !run(id).equals(first) || passed());
  }

  @Test
  void oneThatCannotBeReadHarmsNoOther() {
    String older = launched("older", "");
    try (MongoClient raw = MongoClients.create(embedded.uri())) {
      launched("unreadable", "");
      raw.getDatabase("espalier")
          .getCollection("experiments")
          .updateOne(
              new Document("_id", "unreadable"),
              new Document("$set", new Document("specification", 17).append("created", "never")));
      for (int pass = 0; pass < 3; pass++) {
        reconciler.reconcile();
      }
      assertThat(client.run(older)).isPresent();
      assertThat(store.experiments().list())
          .filteredOn(each -> each.id().equals("unreadable"))
          .singleElement()
          .satisfies(each -> assertThat(each.reason()).contains("cannot be read"));
      assertThat(store.events().list("unreadable"))
          .filteredOn(event -> event.kind().equals("trouble"))
          .hasSize(1);
      raw.getDatabase("espalier")
          .getCollection("experiments")
          .deleteOne(new Document("_id", "unreadable"));
    }
  }

  @Test
  void aSpecificationOfAnotherVersionNeedsAttention() {
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                "future",
                "{\"method\":\"telepathy\",\"seed\":1}",
                "",
                List.of(),
                Instant.now(),
                "ada",
                "9"));
    reconciler.reconcile();
    assertThat(experiment("future").state()).isEqualTo(ExperimentState.NEEDS_ATTENTION);
    assertThat(experiment("future").reason()).contains("telepathy");
  }

  @Test
  void everyRunOfAChainIsKeptAndAKillAtTheEndLosesNone() {
    String id = launched("chained", "chain/3");
    reconciler.reconcile();
    await("the chain has come to its end", () -> client.runs(workflowId(id)).size() == 4);
    client.cancel(id);
    awaitClosed(id);
    store.experiments().updateState(id, ExperimentState.CANCELLED, null);
    assertThat(store.archiving().pending()).contains(id); // whoever comes next finds it

    Histories later = new Histories(store, client, Endings.NOTHING);
    await(
        "all is kept",
        () -> {
          later.pass();
          return !store.archiving().pending().contains(id);
        });
    assertThat(store.archiving().kept(id)).hasSize(4);
    assertThat(store.events().list(id))
        .extracting(Event::text)
        .anyMatch(text -> text.contains("4 runs"));
  }
}
