package dev.espalier.store;

import java.time.Instant;

/**
 * A worker process, as it reported itself.
 *
 * @param queue {@code cpu} or {@code gpu}
 * @param numericClass the arithmetic it computes with
 * @param slots how many units of work it does at once
 */
public record WorkerDocument(
    String id,
    String queue,
    String device,
    String numericClass,
    int slots,
    String host,
    long pid,
    Instant seen) {
  public WorkerDocument {
    RecordChecks.id("a worker's id", id);
    seen = RecordChecks.stored(seen);
  }
}
