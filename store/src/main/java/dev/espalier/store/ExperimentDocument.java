package dev.espalier.store;

import dev.espalier.search.experiment.ExperimentState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment: what was launched, which never changes, and how far it came.
 *
 * @param specification canonical JSON
 * @param desired what a person wants: RUNNING, PAUSED or CANCELLED
 * @param reason why it is in that state, in words for people
 * @param digest of the result, once there is one
 * @param result JSON
 * @param salt mixed into the stage keys; empty unless results must not be reused
 * @param stages in the order in which they run
 * @param retries how often a person asked for a retry
 * @param origin the experiment that it follows; null for none
 */
public record ExperimentDocument(
    String id,
    String specification,
    ExperimentState state,
    ExperimentState desired,
    @Nullable String reason,
    @Nullable String numericClass,
    @Nullable String dataDigest,
    @Nullable String digest,
    @Nullable String result,
    String salt,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    List<ExperimentStage> stages,
    String launchedBy,
    String version,
    int retries,
    @Nullable ExperimentOrigin origin) {
  public ExperimentDocument {
    RecordChecks.name("an experiment's id", id);
    RecordChecks.desirable(desired);
    RecordChecks.notNegative("retries", retries);
    created = RecordChecks.stored(created);
    started = RecordChecks.storedOrNull(started);
    ended = RecordChecks.storedOrNull(ended);
    stages = List.copyOf(stages);
  }

  /** An experiment as it is launched: queued, wanted to run. */
  public static ExperimentDocument launched(
      String id,
      String specification,
      String salt,
      List<ExperimentStage> stages,
      Instant created,
      String launchedBy,
      String version) {
    return new ExperimentDocument(
        id,
        specification,
        ExperimentState.QUEUED,
        ExperimentState.RUNNING,
        null,
        null,
        null,
        null,
        null,
        salt,
        created,
        null,
        null,
        stages,
        launchedBy,
        version,
        0,
        null);
  }
}
