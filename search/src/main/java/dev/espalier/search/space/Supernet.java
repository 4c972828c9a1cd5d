package dev.espalier.search.space;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A network that holds a whole space: the operators that are still active on each of its edges. As
 * JSON it is its string.
 *
 * <p>Edges are numbered from 0 over all types of cells; operators go by their published labels, in
 * the space's order.
 */
public interface Supernet {
  /** The one string of this state, which names its space too. */
  String canonical();

  /** The number of edges over all types of cells. */
  int edges();

  /** The labels of an edge's active operators; empty where the edge itself was removed. */
  List<String> labels(int edge);

  /** The edge for people, such as {@code 0→1} or {@code reduce 1→4}. */
  String edgeTitle(int edge);

  /** The edge by its ends. */
  EdgeEnds ends(int edge);

  /**
   * A picture of it being pruned, for a page: transparent ground, readable on light and dark; what
   * was removed is shown as a trace.
   */
  String svg();

  /**
   * This supernet without one operator.
   *
   * @throws dev.espalier.search.failure.InvalidInput where it is not active, or must stay
   */
  Supernet without(int edge, String operator);

  /**
   * Which edges compete with one another, once each of them has one operator; empty where all edges
   * stay.
   */
  default List<Rivals> rivals() {
    return List.of();
  }

  /**
   * The architecture that is left.
   *
   * @throws dev.espalier.search.failure.InvalidInput where something is left to choose
   */
  Architecture architecture();

  /**
   * About how many seconds one measurement of it takes on a core, where its tensors are so small
   * that time goes by their number; empty where it goes by their size.
   *
   * @param kernelImages of one tangent kernel
   * @param regionSamples of one count of linear regions
   */
  default OptionalDouble seconds(int kernelImages, long regionSamples) {
    return OptionalDouble.empty();
  }

  /** The number of active operators over all edges. */
  default int size() {
    int size = 0;
    for (int edge = 0; edge < edges(); edge++) {
      size += labels(edge).size();
    }
    return size;
  }

  /**
   * The supernet of this string, in the space that its notation belongs to.
   *
   * @throws dev.espalier.search.failure.InvalidInput with the position of the mistake
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Supernet parse(String text) {
    return SearchSpaces.supernet(text);
  }

  /**
   * Edges of which only some stay: those into one node.
   *
   * @param keep how many stay
   */
  record Rivals(List<Integer> edges, int keep) {
    public Rivals {
      edges = List.copyOf(edges);
    }
  }
}
