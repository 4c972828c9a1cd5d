package dev.espalier.workflows.experiment;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.method.StageName;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Cancellation;
import dev.espalier.workflows.stage.Bookkeeping.Completion;
import dev.espalier.workflows.stage.Bookkeeping.StageClaim;
import dev.espalier.workflows.stage.Bookkeeping.StageFailure;
import dev.espalier.workflows.stage.Bookkeeping.StageRequest;
import dev.espalier.workflows.stage.Bookkeeping.StageResult;
import dev.espalier.workflows.stage.Bookkeeping.StateNote;
import dev.espalier.workflows.stage.Prerequisite;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Runs the plan of an experiment, stage by stage. */
public final class ExperimentWorkflowImpl implements ExperimentWorkflow {
  /** How long to wait before asking again for a stage that another experiment is running. */
  private static final Duration HELD_STAGE_POLL = Duration.ofSeconds(5);

  private final Bookkeeping bookkeeping;
  private final ExperimentInput input;
  private final ExperimentDigest digest;
  private final CancellationScope work;
  private final BooleanSupplier historyIsLong;

  private final List<String> recorded = new ArrayList<>();
  private StageChain chain;

  private ExperimentState state = ExperimentState.RUNNING;
  private String stage = "";
  private String kind = "";
  private String stageKey = "";
  private String algorithm = "";
  private String evaluationSalt;
  private boolean paused;
  private boolean cancelRequested;
  private int retriesWanted;
  private int retriesDone;
  private int failures;
  private int pauses;

  @WorkflowInit
  public ExperimentWorkflowImpl(ExperimentInput input) {
    this(input, () -> Workflow.getInfo().isContinueAsNewSuggested());
  }

  /**
   * @param historyIsLong whether to continue as new while waiting for another experiment
   */
  ExperimentWorkflowImpl(ExperimentInput input, BooleanSupplier historyIsLong) {
    this.input = input;
    this.paused = Boolean.TRUE.equals(input.paused());
    this.bookkeeping =
        Workflow.newActivityStub(Bookkeeping.class, ActivityRules.bookkeeping(input.store()));
    this.historyIsLong = historyIsLong;
    this.evaluationSalt = input.salt();
    this.chain = own(Map.of());
    this.digest = new ExperimentDigest(input.specification(), input.numericClass());
    this.work = Workflow.newCancellationScope(this::stages);
  }

  @Override
  public void run(ExperimentInput same) {
    try {
      work.run();
    } catch (TemporalFailure e) {
      // Cancelled work may end with the failure of a note or a stage, too.
      if (!work.isCancelRequested()) {
        goOnIfTheStoreLacks(e);
        throw e;
      }
      cancelled();
      if (!cancelRequested) {
        throw e; // cancelled by Temporal's own means: its status says so too
      }
      return;
    }
    try {
      completed();
    } catch (TemporalFailure e) {
      goOnIfTheStoreLacks(e);
      throw e;
    }
  }

  /**
   * Goes on as new, from the first stage whose result the store does not have: what is finished is
   * found finished.
   */
  private void goOnIfTheStoreLacks(TemporalFailure failure) {
    if (ActivityRules.isStoreLacking(failure)) {
      Workflow.newContinueAsNewStub(ExperimentWorkflow.class).run(input.beginning(paused));
    }
  }

  private void cancelled() {
    state = ExperimentState.CANCELLED;
    whateverIsCancelled(() ->
        bookkeeping.cancelExperiment(
            new Cancellation(input.experimentId(), stage, kind, stageKey)));
  }

  private void completed() {
    state = ExperimentState.COMPLETED;
    whateverIsCancelled(() ->
        bookkeeping.completeExperiment(
            new Completion(
                input.experimentId(),
                digest.digest(chain.dataDigest()),
                chain.lastResult(),
                recorded)));
  }

  private static void whateverIsCancelled(Runnable note) {
    Workflow.newDetachedCancellationScope(note).run();
  }

  private void stages() {
    note(ExperimentState.RUNNING, "started", "Started on %s".formatted(input.numericClass()));
    Map<String, String> made = new LinkedHashMap<>();
    for (Prerequisite first : input.whatIsMadeFirst()) {
      chain =
          new StageChain(
              first.method(), first.specification(), input.numericClass(), first.plan(), made);
      chain.plan().forEach(this::runStage);
      made.put(stage, chain.lastHandedOn());
    }
    chain = own(made);
    chain.plan().forEach(this::runStage);
  }

  private StageChain own(Map<String, String> made) {
    return new StageChain("", input.specification(), input.numericClass(), input.plan(), made);
  }

  private void runStage(StagePlan plan) {
    StageKey key = chain.key(plan);
    String unsalted = key.digest();
    stage = chain.nameOf(plan);
    kind = plan.kind();
    algorithm = plan.algorithm(chain.specification());
    String salt = input.saltOf(stage);
    if (plan.evaluates()) {
      evaluationSalt = salt; // the stages after it find its trainings by that
    }
    stageKey = StageKey.salted(unsalted, plan.shared() ? salt : input.experimentId());
    String result = resultOf(key);
    digest.add(stage, unsalted, result);
    chain.add(plan, unsalted, stageKey, result);
    recorded.add(stageKey);
  }

  /**
   * Until the stage has a result: claims it, waits for another experiment that runs it, or waits
   * for a person.
   */
  private String resultOf(StageKey key) {
    StageRequest request =
        new StageRequest(
            input.experimentId(),
            stage,
            kind,
            stageKey,
            CanonicalJson.of(key),
            chain.keys(),
            input.numericClass(),
            recorded);
    boolean waiting = false;
    while (true) {
      waitWhilePaused();
      StageClaim claim = bookkeeping.claimStage(request);
      switch (claim.status()) {
        case FINISHED -> {
          return Objects.requireNonNull(claim.result());
        }
        case HELD -> {
          if (!waiting) {
            waiting = true;
            note(
                ExperimentState.RUNNING,
                stage + "/waiting",
                "Stage %s is being run by %s: waiting for its result"
                    .formatted(stage, claim.holder()));
          }
          Workflow.sleep(HELD_STAGE_POLL);
          if (!paused && historyIsLong.getAsBoolean()) {
            // The same input: stages that are finished are found finished, and this one waited for.
            Workflow.newContinueAsNewStub(ExperimentWorkflow.class).run(input.beginning(false));
          }
        }
        case CLAIMED -> {
          long startMillis = Workflow.currentTimeMillis();
          try {
            String result = runChild();
            double seconds = (Workflow.currentTimeMillis() - startMillis) / 1000.0;
            return bookkeeping.finishStage(
                new StageResult(input.experimentId(), stage, kind, stageKey, result, seconds));
          } catch (ChildWorkflowFailure e) {
            if (work.isCancelRequested() || ActivityRules.isStoreLacking(e)) {
              throw e;
            }
            needsAttention(ChildStage.reason(e));
          }
        }
      }
    }
  }

  private String runChild() {
    StageInput stageInput =
        new StageInput(
            input.experimentId(),
            stage,
            stageKey,
            chain.specification(),
            input.numericClass(),
            dataDigest(),
            chain.results(),
            null,
            evaluationSalt,
            input.store(),
            algorithm);
    return ChildStage.started(kind, stageInput).result(() -> paused);
  }

  /** As fixed at launch while it is not prepared; of what is made first it is found by its name. */
  private String dataDigest() {
    boolean own = StageName.of(stage).isOwn();
    return chain.dataDigest().isEmpty() && own ? input.dataDigest() : chain.dataDigest();
  }

  private void waitWhilePaused() {
    while (paused) {
      pauses++;
      note(ExperimentState.PAUSED, "paused/between/" + pauses, "Paused before stage " + stage);
      Workflow.await(() -> !paused);
      note(ExperimentState.RUNNING, "resumed/between/" + pauses, "Resumed");
    }
  }

  private void needsAttention(String reason) {
    failures++;
    state = ExperimentState.NEEDS_ATTENTION;
    bookkeeping.stageFailed(
        new StageFailure(input.experimentId(), stage, kind, stageKey, reason, failures));
    Workflow.await(() -> retriesWanted > retriesDone);
    retriesDone = retriesWanted;
    note(
        ExperimentState.RUNNING,
        "retried/" + retriesDone,
        "Stage %s is tried again".formatted(stage));
  }

  private void note(ExperimentState newState, String eventKey, String text) {
    state = newState;
    bookkeeping.experimentState(
        new StateNote(input.experimentId(), newState, stage, eventKey, text));
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void cancel() {
    if (!cancelRequested) {
      cancelRequested = true;
      work.cancel("cancelled by a person");
    }
  }

  @Override
  public void retry(int number) {
    retriesWanted = Math.max(retriesWanted, number);
  }

  @Override
  public ExperimentStatus status() {
    boolean pausing = paused && state == ExperimentState.RUNNING;
    return new ExperimentStatus(pausing ? ExperimentState.PAUSED : state, stage);
  }
}
