package dev.espalier.api.launch;

/**
 * Steers an experiment. Every wish is written to the store before a workflow hears of it, so none
 * is lost.
 *
 * <p>Each method throws {@link NotFound} for an unknown id and {@code StateConflict} where the
 * experiment's state does not allow what is asked.
 */
public interface Controlling {
  void pause(String id);

  void resume(String id);

  void cancel(String id);

  /**
   * Tries a failed stage again.
   *
   * @param stage the stage's name; empty for the one that failed
   * @param by who asks
   * @return whether it was not asked for already
   */
  boolean retry(String id, String stage, String by);
}
