package dev.espalier.workflows.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.fake.Patience;
import dev.espalier.workflows.fake.Script;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import io.temporal.common.interceptors.Header;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Builds of two days side by side: an experiment is computed by the one that knows its revisions.
 */
@Timeout(300)
final class OwnRevisionsTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Algorithms TODAY = Algorithms.ofThisBuild();
  private static final Algorithms TOMORROW = raised(TODAY, "te-nas/prune/1", "te-nas/prune/2");

  private static Algorithms raised(Algorithms before, String old, String fresh) {
    assertThat(before.names()).contains(old);
    Set<String> names =
        before.names().stream()
            .map(name -> name.equals(old) ? fresh : name)
            .collect(Collectors.toSet());
    return new Algorithms(names);
  }

  /** An experiment that tomorrow's build launches. */
  private static ExperimentInput tomorrows(String id) {
    ExperimentInput input = Laboratory.input(id);
    List<StagePlan> plan =
        input.plan().stream()
            .map(stage ->
                stage.name().equals("prune")
                    ? new StagePlan(stage.name(), stage.kind(), 2, stage.sections(), stage.shared())
                    : stage)
            .toList();
    return new ExperimentInput(
        id,
        input.specification(),
        input.numericClass(),
        input.dataDigest(),
        input.salt(),
        plan,
        input.store(),
        null,
        null,
        null);
  }

  @Test
  void aNewerExperimentIsNeverComputedByTheOlderBuild() {
    try (Laboratory laboratory = Laboratory.ofBuild(TODAY)) {
      laboratory.client().start(tomorrows("newer"));
      Patience.until(
          "the older build has refused the experiment",
          () -> laboratory.events("newer", "", EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) > 0);
      assertThat(laboratory.store().events("newer")).isEmpty();

      // A task that was refused waits, longer each time, before it is offered again.
      Script newer = laboratory.join(TOMORROW);
      laboratory.awaitEnd("newer", LONG);
      assertThat(laboratory.store().state("newer")).isEqualTo("COMPLETED");
      assertThat(newer.answers("measure/")).isPositive();
      assertThat(laboratory.script().begun()).noneMatch(unit -> unit.startsWith("measure/"));
    }
  }

  @Test
  void anOlderExperimentIsNeverComputedByTheNewerBuild() {
    try (Laboratory laboratory = Laboratory.ofBuild(TOMORROW)) {
      laboratory.client().start(Laboratory.input("older"));
      Patience.until(
          "the newer build has refused the experiment",
          () -> laboratory.events("older", "", EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) > 0);
      laboratory.leave();
      Script older = laboratory.join(TODAY);
      laboratory.awaitEnd("older", LONG);
      assertThat(laboratory.store().state("older")).isEqualTo("COMPLETED");
      assertThat(older.answers("measure/")).isPositive();
      assertThat(laboratory.script().begun()).noneMatch(unit -> unit.startsWith("measure/"));
    }
  }

  @Test
  void theRefusalSaysWhatItComputes() {
    assertThat(TODAY.refusal("te-nas/prune/2"))
        .contains("of te-nas/prune it computes revision 1, not 2");
    assertThat(TODAY.refusal("te-nas/polish/1")).contains("computes revision none, not 1");
  }

  @Test
  void everyUnitOfAStageSaysWhichAlgorithmItBelongsTo() {
    try (Laboratory laboratory = Laboratory.ofBuild(TODAY)) {
      laboratory.complete(Laboratory.input("labelled"));
      List<Optional<String>> labels =
          laboratory.history("labelled", "prune").getEvents().stream()
              .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
              .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
              .map(unit -> Label.read(new Header(unit.getHeader())))
              .toList();
      assertThat(labels)
          .isNotEmpty()
          .allMatch(label -> label.equals(Optional.of("te-nas/prune/1")));
    }
  }

  @Test
  void aUnitOfAnotherRevisionIsLeftToOthersAsLost() {
    AtomicInteger done = new AtomicInteger();
    ActivityInboundCallsInterceptor units =
        new OwnRevisions(TODAY).interceptActivity(counting(done));
    assertThatThrownBy(() -> units.execute(unitOf("te-nas/prune/2")))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            refusal -> {
              assertThat(refusal.getType()).isEqualTo(ActivityRules.LOST);
              assertThat(refusal.isNonRetryable()).isFalse();
              assertThat(refusal.getOriginalMessage()).contains("computes revision 1, not 2");
            });
    assertThat(done).hasValue(0);
    units.execute(unitOf("te-nas/prune/1"));
    assertThat(done).hasValue(1);
    units.execute(new ActivityInput(Header.empty(), new Object[0])); // asked for before labels
    assertThat(done).hasValue(2);
  }

  private static ActivityInput unitOf(String algorithm) {
    Payload label = DefaultDataConverter.STANDARD_INSTANCE.toPayload(algorithm).orElseThrow();
    return new ActivityInput(new Header(Map.of(Label.HEADER, label)), new Object[0]);
  }

  private static ActivityInboundCallsInterceptor counting(AtomicInteger done) {
    return new ActivityInboundCallsInterceptor() {
      @Override
      public void init(ActivityExecutionContext context) {}

      @Override
      public ActivityOutput execute(ActivityInput input) {
        done.incrementAndGet();
        return new ActivityOutput(null);
      }
    };
  }
}
