package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cell as it was written down: vertices that lie on no path from the input to the output may be
 * among the others, and there may be more vertices and edges than the space allows.
 */
final class GraphDraft {
  /** More are not worth looking at. */
  static final int MOST_VERTICES = 30;

  private final List<VertexOperation> inner;

  /** For each vertex the set of those that it reads, all of them before it. */
  private final int[] sources;

  /**
   * @param inner the operations of all vertices but the input and the output
   * @param sources for each vertex, the input first, the bits of the vertices that it reads
   */
  GraphDraft(List<VertexOperation> inner, int... sources) {
    this.inner = List.copyOf(inner);
    this.sources = sources.clone();
  }

  /**
   * The cell that is left without what lies on no path.
   *
   * @throws InvalidInput if no path leads to the output, or too much is left
   */
  GraphCell cell() {
    int last = sources.length - 1;
    int reached = reached();
    int needed = needed();
    if ((reached & (1 << last)) == 0) {
      throw new InvalidInput(
          "no path leads from the input to the output: the input leads to %s, and what the output needs is %s"
              .formatted(named(reached & ~1), named(needed & ~(1 << last))));
    }
    int kept = reached & needed;
    int vertices = Integer.bitCount(kept);
    requireAtMost("vertices, input and output included", vertices, GraphCode.MOST_VERTICES);
    int edges = 0;
    int labels = 0;
    int count = 0;
    for (int vertex = 1; vertex <= last; vertex++) {
      if ((kept & (1 << vertex)) != 0) {
        int place = placed(kept, vertex);
        count += Integer.bitCount(sources[vertex] & kept);
        for (int rest = sources[vertex] & kept; rest != 0; rest &= rest - 1) {
          edges |= GraphCode.edge(placed(kept, Integer.numberOfTrailingZeros(rest)), place);
        }
        if (vertex < last) {
          labels |= GraphCode.label(vertices, place, inner.get(vertex - 1).index());
        }
      }
    }
    requireAtMost("edges", count, GraphCode.MOST_EDGES);
    return GraphCell.canonical(vertices, edges, labels);
  }

  private static void requireAtMost(String what, int count, int most) {
    if (count > most) {
      throw new InvalidInput(
          "the cell has %d %s, but may have %d (those on no path from the input to the output do not count)"
              .formatted(count, what, most));
    }
  }

  /** What the input leads to. */
  private int reached() {
    int reached = 1;
    for (int vertex = 1; vertex < sources.length; vertex++) {
      if ((sources[vertex] & reached) != 0) {
        reached |= 1 << vertex;
      }
    }
    return reached;
  }

  /** What leads to the output. */
  private int needed() {
    int needed = 1 << (sources.length - 1);
    for (int vertex = sources.length - 1; vertex > 0; vertex--) {
      if ((needed & (1 << vertex)) != 0) {
        needed |= sources[vertex];
      }
    }
    return needed;
  }

  /** Its number among those that are kept. */
  private static int placed(int kept, int vertex) {
    return Integer.bitCount(kept & ((1 << vertex) - 1));
  }

  private static String named(int vertices) {
    List<Integer> numbers = new ArrayList<>();
    for (int rest = vertices; rest != 0; rest &= rest - 1) {
      numbers.add(Integer.numberOfTrailingZeros(rest));
    }
    String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return switch (numbers.size()) {
      case 0 -> "nothing";
      case 1 -> "vertex " + all;
      default -> "vertices " + all;
    };
  }
}
