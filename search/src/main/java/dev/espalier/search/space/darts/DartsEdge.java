package dev.espalier.search.space.darts;

import dev.espalier.search.space.EdgeEnds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An edge of a cell: node {@code node} (0 to 3) adds what the operator makes of state {@code
 * source}. States 0 and 1 are the outputs of the two cells before, state {@code 2 + n} is node
 * {@code n}.
 */
public record DartsEdge(int node, int source) {
  /** Inner nodes of a cell. */
  public static final int NODES = 4;

  /** States of a cell before its nodes. */
  public static final int INPUTS = 2;

  /** Edges that stay at each node. */
  public static final int PER_NODE = 2;

  /** The 14 edges, 0←0, 0←1, 1←0, 1←1, 1←2 and so on. */
  public static final List<DartsEdge> ALL = all();

  public DartsEdge {
    if (node < 0 || node >= NODES || source < 0 || source >= INPUTS + node) {
      throw new IllegalArgumentException(
          "no edge %d<-%d in a cell of %d nodes".formatted(node, source, NODES));
    }
  }

  /** Its states, in a cell of this type. */
  EdgeEnds ends(CellType type) {
    return new EdgeEnds(type.label(), source, INPUTS + node);
  }

  private static List<DartsEdge> all() {
    List<DartsEdge> edges = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      for (int source = 0; source < INPUTS + node; source++) {
        edges.add(new DartsEdge(node, source));
      }
    }
    return Collections.unmodifiableList(edges);
  }

  /** This edge's place in {@link #ALL}. */
  public int index() {
    return node * (node + 3) / 2 + source;
  }

  /** The edges that end in this node, in order. */
  public static List<DartsEdge> into(int node) {
    return ALL.stream().filter(edge -> edge.node == node).toList();
  }

  /** 2 on the edges from a reduction cell's inputs, else 1. */
  public static int stride(CellType type, int source) {
    return type == CellType.REDUCTION && source < INPUTS ? 2 : 1;
  }

  @Override
  public String toString() {
    return node + "<-" + source;
  }
}
