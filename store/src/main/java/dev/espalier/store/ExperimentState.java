package dev.espalier.store;

import java.util.List;
import java.util.Set;

/** The states of an experiment, and those a person can wish for. */
public final class ExperimentState {
  public static final String QUEUED = "QUEUED";
  public static final String RUNNING = "RUNNING";
  public static final String PAUSED = "PAUSED";
  public static final String NEEDS_ATTENTION = "NEEDS_ATTENTION";
  public static final String COMPLETED = "COMPLETED";
  public static final String CANCELLED = "CANCELLED";

  /** All of them, in the order in which people are shown them. */
  public static final List<String> ALL =
      List.of(QUEUED, RUNNING, PAUSED, NEEDS_ATTENTION, COMPLETED, CANCELLED);

  static final Set<String> DESIRED = Set.of(RUNNING, PAUSED, CANCELLED);

  private ExperimentState() {}

  /** Whether nothing more happens in this state unless a person asks for it. */
  public static boolean isOver(String state) {
    return state.equals(COMPLETED) || state.equals(CANCELLED);
  }
}
