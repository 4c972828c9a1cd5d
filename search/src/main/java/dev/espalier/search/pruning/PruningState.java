package dev.espalier.search.pruning;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.Supernet.Rivals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a search stands: what is left of the supernet before round {@code round} (from 0).
 *
 * <p>First operators are removed until every edge has one; then, in spaces where edges compete,
 * edges are, one group of rivals a round.
 *
 * @param contested what was left when edges began to compete; null before, and in spaces where all
 *     edges stay
 */
public record PruningState(
    Supernet mask,
    int round,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Supernet contested) {
  public PruningState(Supernet mask, int round) {
    this(mask, round, null);
  }

  /** The beginning. */
  public static PruningState start(Supernet mask) {
    return new PruningState(mask, 0).contesting();
  }

  /** The state after a round that left this of the supernet. */
  PruningState next(Supernet left) {
    return new PruningState(left, round + 1, contested).contesting();
  }

  private PruningState contesting() {
    return contested == null && contest().isPresent() ? new PruningState(mask, round, mask) : this;
  }

  /**
   * Every active operator of every edge that has more than one, edge by edge; then the edges that
   * compete, by their operator; empty at the end.
   */
  public List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int edge : choosable()) {
      for (String operator : mask.labels(edge)) {
        candidates.add(new Candidate(candidates.size(), edge, operator));
      }
    }
    return Collections.unmodifiableList(candidates);
  }

  private List<Integer> choosable() {
    List<Integer> undecided = undecided();
    return undecided.isEmpty()
        ? contest().map(rivals -> live(rivals.edges())).orElse(List.of())
        : undecided;
  }

  /** The first rivals of whom too many are left, once every edge is decided. */
  Optional<Rivals> contest() {
    return undecided().isEmpty()
        ? mask.rivals().stream()
            .filter(rivals -> live(rivals.edges()).size() > rivals.keep())
            .findFirst()
        : Optional.empty();
  }

  private List<Integer> undecided() {
    List<Integer> edges = new ArrayList<>();
    for (int edge = 0; edge < mask.edges(); edge++) {
      if (mask.labels(edge).size() > 1) {
        edges.add(edge);
      }
    }
    return edges;
  }

  private List<Integer> live(List<Integer> edges) {
    return edges.stream().filter(edge -> !mask.labels(edge).isEmpty()).toList();
  }

  /**
   * Rounds that are left, this one included.
   *
   * @param prunePerEdge operators that a round removes from an edge
   */
  public int roundsLeft(int prunePerEdge) {
    int most = 1;
    for (int edge = 0; edge < mask.edges(); edge++) {
      most = Math.max(most, mask.labels(edge).size());
    }
    long contests =
        mask.rivals().stream()
            .filter(rivals -> live(rivals.edges()).size() > rivals.keep())
            .count();
    return Math.ceilDiv(most - 1, prunePerEdge) + Math.toIntExact(contests);
  }

  /** Whether nothing is left to choose. */
  public boolean finished() {
    return choosable().isEmpty();
  }
}
