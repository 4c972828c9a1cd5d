package dev.espalier.search.experiment;

import java.util.Locale;

/** The states of an experiment, in the order in which people are shown them. */
public enum ExperimentState {
  QUEUED,
  RUNNING,
  PAUSED,
  NEEDS_ATTENTION,
  COMPLETED,
  CANCELLED;

  /** Whether nothing more happens in this state unless a person asks for it. */
  public boolean isOver() {
    return this == COMPLETED || this == CANCELLED;
  }

  /** Whether a person can wish for it. */
  public boolean canBeDesired() {
    return this == RUNNING || this == PAUSED || this == CANCELLED;
  }

  /** As people read it: {@code needs attention}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
