package dev.espalier.store;

import java.util.Set;

/** The states of a stage. */
public final class StageState {
  public static final String PENDING = "PENDING";
  public static final String RUNNING = "RUNNING";
  public static final String PAUSED = "PAUSED";
  public static final String REUSED = "REUSED";
  public static final String COMPLETED = "COMPLETED";
  public static final String FAILED = "FAILED";
  public static final String SKIPPED = "SKIPPED";
  public static final String CANCELLED = "CANCELLED";

  static final Set<String> ALL =
      Set.of(PENDING, RUNNING, PAUSED, REUSED, COMPLETED, FAILED, SKIPPED, CANCELLED);

  private StageState() {}
}
