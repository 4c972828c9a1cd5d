package dev.espalier.store;

import dev.espalier.search.experiment.StageState;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage, shared by all experiments that have its key.
 *
 * @param key the stage key
 * @param specification canonical JSON of what the key was made from
 * @param inputs the keys of the stages it reads
 * @param owner the experiment that computes it, empty where none does
 * @param result canonical JSON, once there is one
 * @param attempts how many attempts at its activities began
 * @param recoveries how many of those went on from a checkpoint after the one before had died
 * @param seconds the time it took, without pauses
 * @param environment what it ran on: versions, device, host
 */
public record StageDocument(
    String key,
    String kind,
    String specification,
    List<String> inputs,
    String owner,
    StageState state,
    @Nullable String result,
    int attempts,
    int recoveries,
    @Nullable Instant started,
    @Nullable Instant ended,
    double seconds,
    StageProgress progress,
    Map<String, String> environment) {
  public StageDocument {
    RecordChecks.id("a stage key", key);
    inputs = List.copyOf(inputs);
    started = RecordChecks.storedOrNull(started);
    ended = RecordChecks.storedOrNull(ended);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** A stage as an experiment claims it. */
  public static StageDocument running(
      String key, String kind, String specification, List<String> inputs) {
    return new StageDocument(
        key,
        kind,
        specification,
        inputs,
        "",
        StageState.RUNNING,
        null,
        0,
        0,
        null,
        null,
        0,
        StageProgress.NONE,
        Map.of());
  }
}
