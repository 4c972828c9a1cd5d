package dev.espalier.learning.meta;

import java.util.Arrays;

/**
 * What all coded architectures of a space have in common: only the types of their vertices differ.
 */
public final class GraphTopology {
  private final int vertices;
  private final int types;
  private final boolean[][] edges;

  private GraphTopology(int vertices, int types, boolean[][] edges) {
    this.vertices = vertices;
    this.types = types;
    this.edges = edges;
  }

  /** Of every graph, start and end among them. */
  public int vertices() {
    return vertices;
  }

  /** Of vertices: 0 is the start, 1 the end. */
  public int types() {
    return types;
  }

  /** {@code edges[from][to]}, from lower to higher numbers; not a copy. */
  public boolean[][] edges() {
    return edges;
  }

  /** One path through all vertices. */
  public static GraphTopology chain(int vertices, int types) {
    boolean[][] edges = new boolean[vertices][vertices];
    for (int from = 0; from + 1 < vertices; from++) {
      edges[from][from + 1] = true;
    }
    return new GraphTopology(vertices, types, edges);
  }

  /** With these edges, each a pair of source and target. */
  public static GraphTopology of(int vertices, int types, int[]... pairs) {
    boolean[][] edges = new boolean[vertices][vertices];
    for (int[] pair : pairs) {
      edges[pair[0]][pair[1]] = true;
    }
    return new GraphTopology(vertices, types, edges);
  }

  /** The graph of these types between start and end, {@code [vertices - 2]}. */
  public CodedGraph graph(int... inner) {
    int[] all = new int[vertices];
    System.arraycopy(inner, 0, all, 1, inner.length);
    all[vertices - 1] = CodedGraph.END;
    return new CodedGraph(all, edges);
  }

  /** Whether a graph has these vertices and edges. */
  public boolean fits(CodedGraph graph) {
    return graph.vertices() == vertices && Arrays.deepEquals(graph.edges(), edges);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GraphTopology topology
        && vertices == topology.vertices
        && types == topology.types
        && Arrays.deepEquals(edges, topology.edges);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * vertices + types) + Arrays.deepHashCode(edges);
  }
}
