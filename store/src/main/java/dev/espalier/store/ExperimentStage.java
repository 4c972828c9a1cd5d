package dev.espalier.store;

import dev.espalier.search.experiment.StageState;
import org.jspecify.annotations.Nullable;

/**
 * One stage as a part of one experiment.
 *
 * @param name unique within the experiment
 * @param key the stage key, empty until it is known
 * @param reason why it is in that state, in words for people
 */
public record ExperimentStage(
    String name, String kind, String key, StageState state, @Nullable String reason) {
  public ExperimentStage {
    RecordChecks.name("a stage's name", name);
  }
}
