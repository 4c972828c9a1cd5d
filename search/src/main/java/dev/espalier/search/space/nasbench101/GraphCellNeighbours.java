package dev.espalier.search.space.nasbench101;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The cells that differ in one edge, in one operation, or in one operation of a path of its own.
 *
 * <p>An edge more or less: no vertex may come to lie on no path by it, so that it can be taken
 * back. An operation in a path of its own reads one vertex and is read by one: it joins two
 * vertices, or is taken away. So all cells can be reached from each.
 */
final class GraphCellNeighbours {
  private final GraphCell cell;
  private final int vertices;
  private final Set<GraphCell> found = new LinkedHashSet<>();

  private GraphCellNeighbours(GraphCell cell) {
    this.cell = cell;
    this.vertices = cell.vertices();
  }

  /** In the order: edges, by their ends; operations, by vertex; operations added; taken away. */
  static List<GraphCell> of(GraphCell cell) {
    GraphCellNeighbours neighbours = new GraphCellNeighbours(cell);
    neighbours.flipEdges();
    neighbours.changeOperations();
    neighbours.addOperations();
    neighbours.removeOperations();
    neighbours.found.remove(cell);
    return List.copyOf(neighbours.found);
  }

  private void flipEdges() {
    for (int source = 0; source < vertices - 1; source++) {
      for (int target = 1; target < vertices; target++) {
        if (source != target) {
          boolean[][] leads = leads(vertices);
          leads[source][target] = !leads[source][target];
          add(leads, cell.operations());
        }
      }
    }
  }

  private void changeOperations() {
    for (int vertex = 1; vertex < cell.output(); vertex++) {
      for (VertexOperation operation : VertexOperation.ALL) {
        List<VertexOperation> changed = new ArrayList<>(cell.operations());
        changed.set(vertex - 1, operation);
        add(leads(vertices), changed);
      }
    }
  }

  private void addOperations() {
    if (vertices == GraphCode.MOST_VERTICES) {
      return;
    }
    for (int source = 0; source < vertices - 1; source++) {
      for (int target = 1; target < vertices; target++) {
        for (VertexOperation operation : VertexOperation.ALL) {
          add(withOneMore(source, target), more(operation));
        }
      }
    }
  }

  /** The new vertex comes before the output, whose number grows. */
  private boolean[][] withOneMore(int source, int target) {
    boolean[][] leads = new boolean[vertices + 1][vertices + 1];
    for (int from = 0; from < vertices; from++) {
      for (int to = 1; to < vertices; to++) {
        leads[from][moved(to)] = cell.hasEdge(from, to);
      }
    }
    leads[source][cell.output()] = true;
    leads[cell.output()][moved(target)] = true;
    return leads;
  }

  private int moved(int vertex) {
    return vertex == cell.output() ? vertex + 1 : vertex;
  }

  private List<VertexOperation> more(VertexOperation operation) {
    List<VertexOperation> more = new ArrayList<>(cell.operations());
    more.add(operation);
    return more;
  }

  private void removeOperations() {
    for (int vertex = 1; vertex < cell.output(); vertex++) {
      if (cell.sources(vertex).size() == 1 && readers(vertex) == 1) {
        boolean[][] leads = new boolean[vertices - 1][vertices - 1];
        for (int target = 1; target < vertices; target++) {
          for (int source = 0; source < target; source++) {
            if (source != vertex && target != vertex) {
              leads[source - (source > vertex ? 1 : 0)][target - (target > vertex ? 1 : 0)] =
                  cell.hasEdge(source, target);
            }
          }
        }
        List<VertexOperation> fewer = new ArrayList<>(cell.operations());
        fewer.remove(vertex - 1);
        add(leads, fewer);
      }
    }
  }

  private long readers(int source) {
    long readers = 0;
    for (int target = source + 1; target < vertices; target++) {
      readers += cell.hasEdge(source, target) ? 1 : 0;
    }
    return readers;
  }

  private boolean[][] leads(int size) {
    boolean[][] leads = new boolean[size][size];
    for (int source = 0; source < size; source++) {
      for (int target = 0; target < size; target++) {
        leads[source][target] = cell.hasEdge(source, target);
      }
    }
    return leads;
  }

  /** Adds the cell, if it has no cycle, every vertex lies on a path, and the edges are not many. */
  private void add(boolean[][] leads, List<VertexOperation> operations) {
    int[] order = order(leads);
    if (order.length == 0) {
      return;
    }
    int size = leads.length;
    int edges = 0;
    int labels = 0;
    for (int target = 1; target < size; target++) {
      for (int source = 0; source < target; source++) {
        edges |= leads[order[source]][order[target]] ? GraphCode.edge(source, target) : 0;
      }
      if (target < size - 1) {
        labels |= GraphCode.label(size, target, operations.get(order[target] - 1).index());
      }
    }
    if (Integer.bitCount(edges) <= GraphCode.MOST_EDGES && GraphCode.isWhole(size, edges)) {
      found.add(GraphCell.canonical(size, edges, labels));
    }
  }

  /** The vertices such that edges lead forwards; none where there is a cycle. */
  private static int[] order(boolean[][] leads) {
    int size = leads.length;
    int[] order = new int[size];
    boolean[] placed = new boolean[size];
    for (int place = 0; place < size; place++) {
      int next = 0;
      while (next < size && (placed[next] || !isReady(leads, placed, next))) {
        next++;
      }
      if (next == size) {
        return new int[0];
      }
      placed[next] = true;
      order[place] = next;
    }
    return order;
  }

  /** Whether all that it reads are placed; the output is the last. */
  private static boolean isReady(boolean[][] leads, boolean[] placed, int vertex) {
    int last = leads.length - 1;
    for (int source = 0; source < leads.length; source++) {
      boolean isBefore = leads[source][vertex] || (vertex == last && source < last);
      if (isBefore && !placed[source]) {
        return false;
      }
    }
    return true;
  }
}
