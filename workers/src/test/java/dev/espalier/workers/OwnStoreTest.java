package dev.espalier.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import dev.espalier.workflows.stage.ActivityRules;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import io.temporal.common.interceptors.Header;
import io.temporal.failure.ApplicationFailure;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker does the work of its own store's experiments and of no other's. */
final class OwnStoreTest {
  @TempDir private Path folder;

  private final AtomicInteger done = new AtomicInteger();

  private ApplicationFailure refusal(Store store, String workflowId) {
    try {
      execute(store, workflowId);
    } catch (ApplicationFailure e) {
      return e;
    }
    throw new AssertionError(workflowId + " was taken");
  }

  private void execute(Store store, String workflowId) {
    ActivityInboundCallsInterceptor guard = new OwnStore(store).interceptActivity(new Counting());
    guard.init(contextOf(workflowId));
    guard.execute(new ActivityInput(Header.empty(), new Object[0]));
  }

  @Test
  void workOfAnotherStoreIsRefusedAsLost() {
    try (EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("own.h2"), 0);
        Store store = Store.connect(embedded.uri())) {
      String own = ExperimentWorkflow.workflowId(store.identity(), "digits");
      execute(store, own);
      execute(store, own + "/prune");
      execute(store, "espalier-maintenance");
      assertThat(done).hasValue(3);

      ApplicationFailure refusal =
          refusal(store, ExperimentWorkflow.workflowId("another1", "digits") + "/prune");
      assertThat(refusal.getType()).isEqualTo(ActivityRules.LOST);
      assertThat(refusal.isNonRetryable()).isFalse();
      assertThat(refusal.getOriginalMessage())
          .contains("is not an experiment of this worker's store (" + store.identity());
      assertThat(done).hasValue(3);
    }
  }

  /** Another database in the place of the worker's own, while it runs. */
  @Test
  void aDatabaseThatWasReplacedIsNoticed() {
    try (EmbeddedStore first = EmbeddedStore.open(folder.resolve("first.h2"), 0);
        EmbeddedStore second = EmbeddedStore.open(folder.resolve("second.h2"), 0);
        Store before = Store.connect(first.uri());
        Store after = Store.connect(second.uri())) {
      String experiment = ExperimentWorkflow.workflowId(before.identity(), "digits");
      assertThatCode(() -> execute(before, experiment)).doesNotThrowAnyException();
      assertThatThrownBy(() -> execute(after, experiment)).isInstanceOf(ApplicationFailure.class);
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsLostToo() {
    EmbeddedStore embedded = EmbeddedStore.open(folder.resolve("gone.h2"), 0);
    try (Store store = Store.connect(embedded.uri())) {
      embedded.close();
      assertThat(refusal(store, ExperimentWorkflow.workflowId("another1", "digits")).getType())
          .isEqualTo(ActivityRules.LOST);
    }
    assertThat(done).hasValue(0);
  }

  private static ActivityExecutionContext contextOf(String workflowId) {
    ActivityInfo info = answering(ActivityInfo.class, "getWorkflowId", workflowId);
    return answering(ActivityExecutionContext.class, "getInfo", info);
  }

  private static <T> T answering(Class<T> type, String question, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo(question);
              return answer;
            }));
  }

  private final class Counting implements ActivityInboundCallsInterceptor {
    @Override
    public void init(ActivityExecutionContext context) {}

    @Override
    public ActivityOutput execute(ActivityInput input) {
      done.incrementAndGet();
      return new ActivityOutput(null);
    }
  }
}
