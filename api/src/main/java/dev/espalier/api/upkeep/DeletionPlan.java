package dev.espalier.api.upkeep;

import dev.espalier.store.Reach;
import java.util.List;

/**
 * What the deletion of an experiment would do: {@code GET /api/experiments/{id}/deletion} and
 * {@code espalier delete ID --json}.
 *
 * @param experiment its id
 * @param frees what is its alone, and goes
 * @param stays what others have too
 * @param sharers the ids of those others, in order; at most {@value #SHOWN}
 * @param sharing how many others there are
 * @param token names all of this: given back, exactly this is done or nothing
 */
public record DeletionPlan(
    String experiment, Part frees, Part stays, List<String> sharers, int sharing, String token) {
  static final int SHOWN = 20;

  public DeletionPlan {
    sharers = List.copyOf(sharers);
  }

  /**
   * So many of each.
   *
   * @param bytes of the artifacts
   */
  public record Part(int stages, int evaluations, int artifacts, long bytes) {
    static Part of(Reach reach, long bytes) {
      return new Part(
          reach.stages().size(), reach.evaluations().size(), reach.artifacts().size(), bytes);
    }
  }
}
