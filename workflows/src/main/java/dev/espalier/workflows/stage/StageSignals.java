package dev.espalier.workflows.stage;

import io.temporal.workflow.SignalMethod;

/** What every stage understands while it runs. Both are idempotent. */
public interface StageSignals {
  String PAUSE = "pause";
  String RESUME = "resume";

  /** Stops the running units of work at their next step; they keep what they have done. */
  @SignalMethod(name = PAUSE)
  void pause();

  /** Goes on after a pause. */
  @SignalMethod(name = RESUME)
  void resume();
}
