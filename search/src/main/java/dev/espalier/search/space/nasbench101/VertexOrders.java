package dev.espalier.search.space.nasbench101;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All orders of the inner vertices of cells with so many vertices: 120 at most. Isomorphic cells
 * are told by them: each has the least code over all orders in which edges lead forwards.
 */
final class VertexOrders {
  private static final VertexOrders[] BY_VERTICES = byVertices();

  /** Where an order turns an edge around. */
  private static final int BACKWARDS = -1;

  private final int vertices;

  /** For each order the new number of each vertex; the first order leaves all where they are. */
  private final int[][] places;

  /** For each order and number of an edge the edge's new bit, or {@link #BACKWARDS}. */
  private final int[][] edges;

  private VertexOrders(int vertices) {
    this.vertices = vertices;
    List<int[]> all = new ArrayList<>();
    int[] first = new int[vertices];
    Arrays.setAll(first, vertex -> vertex);
    permute(first, 1, all);
    places = all.toArray(int[][]::new);
    edges = new int[places.length][vertices * (vertices - 1) / 2];
    for (int order = 0; order < places.length; order++) {
      for (int target = 1; target < vertices; target++) {
        for (int source = 0; source < target; source++) {
          int from = places[order][source];
          int to = places[order][target];
          edges[order][source + target * (target - 1) / 2] =
              from < to ? GraphCode.edge(from, to) : BACKWARDS;
        }
      }
    }
  }

  private static VertexOrders[] byVertices() {
    VertexOrders[] all = new VertexOrders[GraphCode.MOST_VERTICES + 1];
    for (int vertices = 2; vertices < all.length; vertices++) {
      all[vertices] = new VertexOrders(vertices);
    }
    return all;
  }

  static VertexOrders of(int vertices) {
    return BY_VERTICES[vertices];
  }

  /** All orders of the inner vertices from this one on. */
  private static void permute(int[] order, int from, List<int[]> found) {
    if (from >= order.length - 1) {
      found.add(order.clone());
      return;
    }
    for (int other = from; other < order.length - 1; other++) {
      swap(order, from, other);
      permute(order, from + 1, found);
      swap(order, from, other);
    }
  }

  private static void swap(int[] order, int one, int other) {
    int moved = order[one];
    order[one] = order[other];
    order[other] = moved;
  }

  int count() {
    return places.length;
  }

  /** The edges in an order, or less than 0 where one of them would lead backwards. */
  int edges(int order, int code) {
    int reordered = 0;
    for (int rest = code; rest != 0; rest &= rest - 1) {
      int edge = edges[order][Integer.numberOfTrailingZeros(rest)];
      if (edge < 0) {
        return BACKWARDS;
      }
      reordered |= edge;
    }
    return reordered;
  }

  /** The operations in an order. */
  int labels(int order, int labels) {
    int reordered = 0;
    for (int vertex = 1; vertex < vertices - 1; vertex++) {
      int operation = GraphCode.operation(vertices, labels, vertex);
      reordered |= GraphCode.label(vertices, places[order][vertex], operation);
    }
    return reordered;
  }

  /** The least code of all cells that are isomorphic to this one. */
  int canonical(int edges, int labels) {
    int least = Integer.MAX_VALUE;
    for (int order = 0; order < places.length; order++) {
      int reordered = edges(order, edges);
      if (reordered >= 0) {
        least = Math.min(least, GraphCode.pack(vertices, reordered, labels(order, labels)));
      }
    }
    return least;
  }
}
