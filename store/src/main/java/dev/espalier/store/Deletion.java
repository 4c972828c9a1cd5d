package dev.espalier.store;

import java.time.Instant;

/**
 * That an experiment was deleted, by whom and when: what stays of it.
 *
 * @param id of the deletion
 * @param by who asked for it
 * @param done whether all of it is gone; else the next look after the store goes on with it
 * @param freed what went with it and was nobody else's, once that is known
 */
public record Deletion(
    String id, String experiment, String method, String by, Instant at, boolean done, Freed freed) {
  /**
   * What went.
   *
   * @param bytes of the artifacts
   */
  public record Freed(int stages, int evaluations, int artifacts, long bytes) {
    public static final Freed NOTHING = new Freed(0, 0, 0, 0);

    Freed plus(Freed other) {
      return new Freed(
          stages + other.stages,
          evaluations + other.evaluations,
          artifacts + other.artifacts,
          bytes + other.bytes);
    }
  }
}
