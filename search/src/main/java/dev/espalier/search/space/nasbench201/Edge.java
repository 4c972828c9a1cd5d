package dev.espalier.search.space.nasbench201;

import dev.espalier.search.space.EdgeEnds;
import java.util.List;

/**
 * An edge of the cell: {@code target} adds what the operator makes of {@code source}. Node 0 is the
 * input.
 */
public record Edge(int target, int source) {
  /** The number of nodes, the input included; the last is the output. */
  public static final int NODES = 4;

  /** The six edges in the order of the architecture string: 1←0, 2←0, 2←1, 3←0, 3←1, 3←2. */
  public static final List<Edge> ALL =
      List.of(
          new Edge(1, 0),
          new Edge(2, 0),
          new Edge(2, 1),
          new Edge(3, 0),
          new Edge(3, 1),
          new Edge(3, 2));

  public Edge {
    if (source < 0 || source >= target || target >= NODES) {
      throw new IllegalArgumentException(
          "no edge %d<-%d in a cell of %d nodes".formatted(target, source, NODES));
    }
  }

  /** This edge's place in {@link #ALL}. */
  public int index() {
    return target * (target - 1) / 2 + source;
  }

  /** Its nodes. */
  EdgeEnds ends() {
    return new EdgeEnds("", source, target);
  }

  /** The edges that end in this node, in order. */
  public static List<Edge> into(int target) {
    return ALL.stream().filter(edge -> edge.target == target).toList();
  }

  @Override
  public String toString() {
    return target + "<-" + source;
  }
}
