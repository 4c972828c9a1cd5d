package dev.espalier.workflows.experiment;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/** A stage of an experiment that runs as a child workflow. */
final class ChildStage {
  private static final Logger log = Workflow.getLogger(ChildStage.class);

  private final String name;
  private final ChildWorkflowStub child;
  private final Promise<String> outcome;

  private ChildStage(String name, ChildWorkflowStub child, Promise<String> outcome) {
    this.name = name;
    this.child = child;
    this.outcome = outcome;
  }

  static ChildStage started(String kind, StageInput input) {
    ChildWorkflowStub child =
        Workflow.newUntypedChildWorkflowStub(
            kind,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(Workflow.getInfo().getWorkflowId() + "/" + input.stage())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .build());
    return new ChildStage(input.stage(), child, child.executeAsync(String.class, input));
  }

  /** Tells it of pauses, and waits for its end even when it is cancelled. */
  String result(BooleanSupplier paused) {
    try {
      tellOfPauses(paused);
    } catch (CanceledFailure e) {
      log.debug("stage {} is being cancelled", name);
    }
    return outcome.get();
  }

  private void tellOfPauses(BooleanSupplier paused) {
    boolean told = false;
    while (!outcome.isCompleted()) {
      boolean known = told;
      Workflow.await(() -> outcome.isCompleted() || paused.getAsBoolean() != known);
      if (!outcome.isCompleted()) {
        told = paused.getAsBoolean();
        signal(told ? StageSignals.PAUSE : StageSignals.RESUME);
      }
    }
  }

  private void signal(String signal) {
    try {
      // By its id alone, since a stage that continued as new has another run.
      String id = child.getExecution().get().getWorkflowId();
      Workflow.newUntypedExternalWorkflowStub(id).signal(signal);
    } catch (SignalExternalWorkflowException | ChildWorkflowFailure e) {
      // The stage ended meanwhile: its outcome says how.
      log.debug("signal {} came too late", signal);
    }
  }

  /**
   * Why a stage failed: the innermost reason in words. Empty where Temporal or someone ended its
   * workflow: only its history says why.
   */
  static String reason(Throwable failure) {
    String words = failure.getMessage();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TerminatedFailure) {
        return "";
      }
      if (cause instanceof ApplicationFailure application) {
        words = application.getOriginalMessage();
      } else if (cause instanceof TemporalFailure temporal && isGiven(temporal)) {
        words = temporal.getOriginalMessage();
      }
    }
    return words == null || words.isBlank() ? failure.toString() : words;
  }

  private static boolean isGiven(TemporalFailure failure) {
    return failure.getOriginalMessage() != null && !failure.getOriginalMessage().isBlank();
  }
}
