package dev.espalier.learning.predictor.convolution;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;

/**
 * A directed graph whose vertices are of kinds, and nothing else.
 *
 * <p>In all spaces kind 0 is what hands on a result, kind 1 what the graph is given, and {@code i +
 * 2} the operation {@code i}, as the published program counts them.
 */
public final class VertexGraph {
  public static final int OUTPUT = 0;
  public static final int INPUT = 1;
  public static final int FIRST_OPERATION = 2;

  private static final int HALF = 16;

  private final int kinds;
  private final int[] kind;
  private final int[] edges;

  /**
   * @param kinds how many kinds the vertices of the space have
   * @param kind of each vertex
   * @param edges each of {@link #edge}, none twice
   */
  public VertexGraph(int kinds, int[] kind, int[] edges) {
    this.kinds = kinds;
    this.kind = kind.clone();
    this.edges = edges.clone();
    for (int each : kind) {
      if (each < 0 || each >= kinds) {
        throw new InvalidInput(
            "a vertex has kind %d, but there are %d kinds, from 0".formatted(each, kinds));
      }
    }
    for (int each : edges) {
      if (source(each) >= kind.length || target(each) >= kind.length) {
        throw new InvalidInput(
            "there is an edge from vertex %d to %d, but there are %d vertices, from 0"
                .formatted(source(each), target(each), kind.length));
      }
    }
  }

  public static int edge(int source, int target) {
    return source << HALF | target;
  }

  static int source(int edge) {
    return edge >>> HALF;
  }

  static int target(int edge) {
    return edge & (1 << HALF) - 1;
  }

  /** How many kinds the vertices of its space have. */
  public int kinds() {
    return kinds;
  }

  public int vertices() {
    return kind.length;
  }

  public int kind(int vertex) {
    return kind[vertex];
  }

  /** How many edges it has; {@link #edgeAt} numbers them. */
  public int edges() {
    return edges.length;
  }

  int edgeAt(int index) {
    return edges[index];
  }

  /** Whether it has as many vertices and the same edges in the same order. */
  boolean hasEdgesOf(VertexGraph other) {
    return kind.length == other.kind.length && Arrays.equals(edges, other.edges);
  }

  /** Whether there is an edge from one vertex to another. */
  public boolean hasEdge(int source, int target) {
    int wanted = edge(source, target);
    for (int each : edges) {
      if (each == wanted) {
        return true;
      }
    }
    return false;
  }
}
