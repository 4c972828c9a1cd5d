package dev.espalier.activities.unit;

import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.store.CheckpointRef;
import dev.espalier.store.CorruptArtifact;
import dev.espalier.store.Store;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one attempt at a unit of work: the newest sound one to begin with, and new
 * ones every few seconds. When one is written changes no result, only what a crash costs.
 */
public final class Checkpoints {
  private static final Duration APART = Duration.ofSeconds(5);

  private final Store store;
  private final EspalierMetrics metrics;
  private final UnitName unit;
  private final Attempt attempt;
  private long lastNanos = System.nanoTime();

  public Checkpoints(Store store, EspalierMetrics metrics, UnitName unit, Attempt attempt) {
    this.store = store;
    this.metrics = metrics;
    this.unit = unit;
    this.attempt = attempt;
  }

  /** As {@link #newest(String)}, of the attempt's own unit. */
  public byte @Nullable [] newest() {
    return newest(unit.id());
  }

  /**
   * The newest checkpoint of a unit whose bytes are what its name says; a corrupt one is counted,
   * shown and passed over.
   */
  public byte @Nullable [] newest(String unitId) {
    for (CheckpointRef checkpoint : store.units().checkpoints(unitId)) {
      try {
        byte[] bytes = store.artifacts().get(checkpoint.sha());
        attempt.point(checkpoint.sha());
        return bytes;
      } catch (CorruptArtifact e) {
        store.units().discard(unitId, checkpoint.sha());
        metrics.checkpointCorrupt(unit.ref().stage());
        store
            .events()
            .append(
                unit.ref().experimentId(),
                "corrupt/" + checkpoint.sha(),
                "corrupt",
                "A checkpoint does not match its digest: it is not loaded, the one before it is. %s, epoch %d, step %d"
                    .formatted(unit.words(), checkpoint.epoch() + 1, checkpoint.step()),
                "worker");
      }
    }
    return null;
  }

  public boolean due() {
    return System.nanoTime() - lastNanos > APART.toNanos();
  }

  /**
   * Keeps the whole state before this step.
   *
   * @param epoch from 0, and {@code step} within it: what tells newer from older
   * @throws Stopped if the unit has another attempt by now: this one slept while it was taken for
   *     dead
   */
  public void keep(byte[] whole, int epoch, long step) {
    String sha = put(whole);
    if (!store
        .units()
        .checkpoint(unit.id(), attempt.token(), new CheckpointRef(sha, epoch, step))) {
      throw new Stopped();
    }
    // A worker that slept between the two finds its bytes collected. Named, they are safe: so put
    // them again, which costs one small write where they are still there.
    put(whole);
    attempt.point(sha);
    metrics.checkpointWritten(unit.ref().experimentId(), unit.ref().stage(), whole.length);
    lastNanos = System.nanoTime();
  }

  private String put(byte[] whole) {
    return store.artifacts().put(whole, CheckpointRef.KIND, Map.of("unit", unit.id()));
  }
}
