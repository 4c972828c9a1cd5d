package dev.espalier.store;

import dev.espalier.search.experiment.ExperimentState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list of experiments shows of one of them. The first five components below the id are read
 * from the specification when it is stored.
 */
public record ExperimentSummary(
    String id,
    String method,
    String space,
    String data,
    String preset,
    long seed,
    ExperimentState state,
    ExperimentState desired,
    @Nullable String reason,
    @Nullable String digest,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    List<ExperimentStage> stages,
    String launchedBy,
    int retries,
    Labels labels) {
  public ExperimentSummary {
    stages = List.copyOf(stages);
  }

  /** What is shown of an experiment whose document cannot be read. */
  public static ExperimentSummary unreadable(String id, String why) {
    return new ExperimentSummary(
        id,
        "",
        "",
        "",
        "",
        0,
        ExperimentState.NEEDS_ATTENTION,
        ExperimentState.RUNNING,
        "its document in the store cannot be read (%s): restore it from a copy, or leave it; nothing else depends on it"
            .formatted(why),
        null,
        Instant.EPOCH,
        null,
        null,
        List.of(),
        "",
        0,
        Labels.NONE);
  }
}
