package dev.espalier.search.space.nasbench101;

/**
 * A cell as two numbers: how many vertices it has, and which edges and operations.
 *
 * <p>Vertices are numbered from the input, 0, to the output, {@code vertices - 1}; edges lead from
 * a lower number to a higher one. The code has one bit for each possible edge, above two bits for
 * each inner vertex's operation: the edge from {@code s} to {@code t} is number {@code s + t (t -
 * 1) / 2}, and the operation of vertex 1 stands highest. So codes of one number of vertices are in
 * the order in which the benchmark's authors went through all graphs and labellings.
 */
final class GraphCode {
  static final int MOST_VERTICES = 7;
  static final int MOST_EDGES = 9;

  /** Bits of one operation. */
  private static final int OPERATION = 2;

  private GraphCode() {}

  /** The bit of an edge among edges. */
  static int edge(int source, int target) {
    return 1 << (source + target * (target - 1) / 2);
  }

  static int pack(int vertices, int edges, int labels) {
    return (edges << labelBits(vertices)) | labels;
  }

  static int edges(int vertices, int code) {
    return code >>> labelBits(vertices);
  }

  static int labels(int vertices, int code) {
    return code & ((1 << labelBits(vertices)) - 1);
  }

  /** The number of the operation of an inner vertex. */
  static int operation(int vertices, int labels, int vertex) {
    return (labels >>> shift(vertices, vertex)) & 3;
  }

  /** The operation of an inner vertex as a part of the labels. */
  static int label(int vertices, int vertex, int operation) {
    return operation << shift(vertices, vertex);
  }

  private static int labelBits(int vertices) {
    return OPERATION * (vertices - 2);
  }

  private static int shift(int vertices, int vertex) {
    return OPERATION * (vertices - 2 - vertex);
  }

  /** Whether each vertex reads one and is read by one, but for the input and the output. */
  static boolean isWhole(int vertices, int edges) {
    for (int vertex = 0; vertex < vertices; vertex++) {
      boolean reads = vertex == 0 || (edges & into(vertex)) != 0;
      boolean isRead = vertex == vertices - 1 || (edges & outOf(vertices, vertex)) != 0;
      if (!reads || !isRead) {
        return false;
      }
    }
    return true;
  }

  private static int into(int target) {
    return ((1 << target) - 1) << (target * (target - 1) / 2);
  }

  private static int outOf(int vertices, int source) {
    int edges = 0;
    for (int target = source + 1; target < vertices; target++) {
      edges |= edge(source, target);
    }
    return edges;
  }
}
