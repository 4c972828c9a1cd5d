package dev.espalier.search.space.nasbench101;

import java.util.Arrays;

/**
 * All cells, numbered from 0 as the benchmark's authors found them: by their number of vertices,
 * then by their code, and of isomorphic cells the first.
 *
 * <p>Edges that some order of the vertices makes a smaller number of are nobody's first. For the
 * others, labels count that no order which leaves the edges as they are makes smaller.
 */
final class AllCells {
  static final int COUNT = 423_624;

  private final int[] codes;

  /** The number of the first cell with so many vertices; behind the last of them, all. */
  private final int[] first;

  private AllCells(int[] codes, int[] first) {
    this.codes = codes;
    this.first = first;
  }

  /** Found once, when the first is asked for. */
  static AllCells get() {
    return Found.ALL;
  }

  private static final class Found {
    static final AllCells ALL = enumerate();
  }

  static AllCells enumerate() {
    int[] codes = new int[COUNT];
    int[] first = new int[GraphCode.MOST_VERTICES + 2];
    int count = 0;
    for (int vertices = 2; vertices <= GraphCode.MOST_VERTICES; vertices++) {
      first[vertices] = count;
      int graphs = 1 << (vertices * (vertices - 1) / 2);
      for (int edges = 0; edges < graphs; edges++) {
        if (Integer.bitCount(edges) <= GraphCode.MOST_EDGES && GraphCode.isWhole(vertices, edges)) {
          count = add(vertices, edges, codes, count);
        }
      }
    }
    first[first.length - 1] = count;
    if (count != COUNT) {
      throw new IllegalStateException("%d cells were found, not %d".formatted(count, COUNT));
    }
    return new AllCells(codes, first);
  }

  private static int add(int vertices, int edges, int[] codes, int before) {
    VertexOrders orders = VertexOrders.of(vertices);
    int[] same = new int[orders.count()];
    int symmetries = 0;
    for (int order = 1; order < orders.count(); order++) {
      int reordered = orders.edges(order, edges);
      if (reordered >= 0 && reordered < edges) {
        return before;
      }
      if (reordered == edges) {
        same[symmetries++] = order;
      }
    }
    int count = before;
    int labellings = 1 << (2 * (vertices - 2));
    for (int labels = 0; labels < labellings; labels++) {
      if (isLabelling(labels) && isLeast(orders, same, symmetries, labels)) {
        codes[count++] = GraphCode.pack(vertices, edges, labels);
      }
    }
    return count;
  }

  /** Whether each two bits are an operation's number: the fourth is none. */
  private static boolean isLabelling(int labels) {
    return (labels & (labels >>> 1) & 0x5555_5555) == 0;
  }

  private static boolean isLeast(VertexOrders orders, int[] same, int symmetries, int labels) {
    for (int i = 0; i < symmetries; i++) {
      if (orders.labels(same[i], labels) < labels) {
        return false;
      }
    }
    return true;
  }

  int vertices(int number) {
    int vertices = 2;
    while (number >= first[vertices + 1]) {
      vertices++;
    }
    return vertices;
  }

  int code(int number) {
    return codes[number];
  }

  /** How many have so many vertices. */
  int count(int vertices) {
    return first[vertices + 1] - first[vertices];
  }

  /**
   * The number of a cell.
   *
   * @param code the least one of the isomorphic cells
   */
  int number(int vertices, int code) {
    int number = Arrays.binarySearch(codes, first[vertices], first[vertices + 1], code);
    if (number < 0) {
      throw new IllegalStateException(
          "no cell of %d vertices has the code %d".formatted(vertices, code));
    }
    return number;
  }
}
