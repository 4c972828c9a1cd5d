package dev.espalier.store;

import org.jspecify.annotations.Nullable;

/**
 * How far a stage came: {@code done} of {@code total} units within a round, a round of several.
 *
 * @param unit what is counted: candidates, steps, cells
 * @param note in words for people
 */
public record StageProgress(
    int round, int rounds, int done, int total, String unit, @Nullable String note) {
  /** Before anything is known. */
  public static final StageProgress NONE = new StageProgress(0, 0, 0, 0, "", null);
}
