package dev.espalier.search.experiment;

import java.util.Locale;

/** The states of a stage of an experiment. */
public enum StageState {
  PENDING,
  RUNNING,
  PAUSED,
  REUSED,
  COMPLETED,
  FAILED,
  SKIPPED,
  CANCELLED;

  /** Whether its result is there, worked out now or before. */
  public boolean hasResult() {
    return this == COMPLETED || this == REUSED;
  }

  /** As people read it: {@code needs attention}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
