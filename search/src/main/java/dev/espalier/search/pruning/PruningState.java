package dev.espalier.search.pruning;

import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Where a search stands: what is left of the supernet before round {@code round} (from 0). */
public record PruningState(OperatorMask mask, int round) {
  public static PruningState start(Set<Operator> operators) {
    return new PruningState(OperatorMask.full(operators), 0);
  }

  /** Every active operator of every edge that has more than one, edge by edge; empty at the end. */
  public List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (Edge edge : Edge.ALL) {
      List<Operator> active = mask.on(edge.index());
      if (active.size() > 1) {
        for (Operator operator : active) {
          candidates.add(new Candidate(candidates.size(), edge.index(), operator));
        }
      }
    }
    return Collections.unmodifiableList(candidates);
  }

  /** Whether one operator is left on every edge. */
  public boolean finished() {
    return mask.isSinglePath();
  }
}
