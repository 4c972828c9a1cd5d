package dev.espalier.workers.alone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.store.Event;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workers.TemporalBinary;
import dev.espalier.workers.alone.ErrandRegistration.Errand;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.WorkflowJson;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Units of work that kill processes: a real server, a real store, real processes. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class OwnProcessesTest {
  @TempDir Path folder;

  private TemporalDevServer server;
  private EmbeddedStore embedded;
  private Store store;
  private WorkflowServiceStubs stubs;
  private WorkflowClient client;
  private KeptWorker worker;

  /** Before anything is opened that would have to be closed. */
  @BeforeAll
  static void wantsTemporal(@TempDir Path elsewhere) throws Exception {
    TemporalBinary.orSkip(elsewhere);
  }

  @BeforeEach
  void start() throws Exception {
    server =
        TemporalDevServer.start(
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(TemporalBinary.orSkip(folder).toString())
                .setDownloadEnabled(false)
                .setLogFile(folder.resolve("temporal.log").toString())
                .build());
    embedded = EmbeddedStore.open(folder.resolve("store/espalier.h2"), 0);
    store = Store.connect(embedded.uri());
    store.stages().claim(StageDocument.running("errands", "Errands", "{}", List.of()), "test");
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(server.getTarget()).build());
    client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(WorkflowJson.converter()).build());
    worker = KeptWorker.start(server.getTarget(), embedded.uri(), folder);
  }

  @AfterEach
  void stop() throws Exception {
    worker.end();
    stubs.shutdownNow();
    store.close();
    embedded.close();
    server.close();
  }

  private WorkflowStub begin(String name) {
    Errand errand =
        client.newWorkflowStub(
            Errand.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.workflows(store.identity()))
                .setWorkflowId(name)
                .build());
    WorkflowClient.start(errand::run, queue(), name);
    return WorkflowStub.fromTyped(errand);
  }

  private String queue() {
    while (store.workers().seenWithin(Duration.ofMinutes(10)).isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return TaskQueues.compute(
        store.identity(),
        store.workers().seenWithin(Duration.ofMinutes(10)).getFirst().numericClass());
  }

  private static String end(WorkflowStub errand) throws Exception {
    return errand.getResult(3, TimeUnit.MINUTES, String.class);
  }

  private List<String> told(String kind) {
    return store.events().list("an-experiment").stream()
        .filter(event -> event.kind().equals(kind))
        .map(Event::text)
        .toList();
  }

  @Test
  void a_unit_that_kills_its_process_harms_the_work_beside_it_twice_and_then_nobody()
      throws Exception {
    WorkflowStub poison = begin("the-" + ErrandRegistration.POISON);
    WorkflowStub beside = begin("one-" + ErrandRegistration.HEALTHY);
    assertThat(end(beside)).isEqualTo("done");
    assertThat(end(poison))
        .startsWith("Exhausted")
        .contains("killed its own process 2 times", "espalier retry an-experiment");
    assertThat(worker.starts()).as("the worker died twice of it, and never again").isEqualTo(3);
    assertThat(end(begin("another-" + ErrandRegistration.HEALTHY))).isEqualTo("done");
    assertThat(told("died")).hasSize(1);
  }

  @Test
  void a_unit_that_hangs_is_told_of_and_ended_while_the_work_beside_it_goes_on() throws Exception {
    WorkflowStub hanging = begin("the-" + ErrandRegistration.HANGING);
    WorkflowStub beside = begin("one-" + ErrandRegistration.HEALTHY);
    assertThat(end(beside)).isEqualTo("done");
    assertThat(end(hanging))
        .startsWith("Exhausted")
        .contains("killed its own process 2 times", "came no step further");
    assertThat(told("standstill")).isNotEmpty().first().asString().contains("it may hang");
    assertThat(end(begin("another-" + ErrandRegistration.HEALTHY))).isEqualTo("done");
  }
}
