package dev.espalier.learning.meta;

import java.util.Arrays;

/**
 * An architecture as the models of MetaD2A see it: a directed graph of typed vertices, whose edges
 * go from lower to higher numbers. Type 0 is the start, type 1 the end.
 */
public final class CodedGraph {
  static final int START = 0;
  static final int END = 1;

  private final int[] types;
  private final boolean[][] edges;

  /**
   * @param types of the vertices, {@code [v]}
   * @param edges {@code edges[from][to]}, {@code [v, v]}
   */
  public CodedGraph(int[] types, boolean[][] edges) {
    if (edges.length != types.length) {
      throw new IllegalArgumentException(
          "%d vertices have edges from %d".formatted(types.length, edges.length));
    }
    this.types = types;
    this.edges = edges;
  }

  /** Of the vertices, {@code [v]}; not a copy. */
  public int[] types() {
    return types;
  }

  /** {@code edges[from][to]}, {@code [v, v]}; not a copy. */
  public boolean[][] edges() {
    return edges;
  }

  public int vertices() {
    return types.length;
  }

  /**
   * Whether it has one start and one end, and no other vertex lacks a predecessor or a successor.
   */
  public boolean isNetwork() {
    int starts = 0;
    int ends = 0;
    for (int vertex = 0; vertex < types.length; vertex++) {
      starts += types[vertex] == START ? 1 : 0;
      ends += types[vertex] == END ? 1 : 0;
      if ((types[vertex] != START && !hasPredecessor(vertex))
          || (types[vertex] != END && !hasSuccessor(vertex))) {
        return false;
      }
    }
    return starts == 1 && ends == 1;
  }

  private boolean hasPredecessor(int vertex) {
    for (int from = 0; from < vertex; from++) {
      if (edges[from][vertex]) {
        return true;
      }
    }
    return false;
  }

  boolean hasSuccessor(int vertex) {
    for (int to = vertex + 1; to < types.length; to++) {
      if (edges[vertex][to]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodedGraph graph
        && Arrays.equals(types, graph.types)
        && Arrays.deepEquals(edges, graph.edges);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(types) + Arrays.deepHashCode(edges);
  }

  @Override
  public String toString() {
    return "CodedGraph" + Arrays.toString(types);
  }
}
