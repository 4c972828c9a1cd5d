package dev.espalier.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cell as public programs spell it.
 *
 * @param rows of the adjacency matrix, digits 0 and 1: row i, column j is 1 where vertex j reads
 *     vertex i
 * @param operations of all vertices by name, {@code input} first, {@code output} last
 */
public record CellMatrix(List<String> rows, List<String> operations) {
  public CellMatrix {
    rows = List.copyOf(rows);
    operations = List.copyOf(operations);
  }

  /** The vertices that lie on no path from the first to the last. */
  public List<Integer> pathless() {
    int last = rows.size() - 1;
    boolean[] isReached = new boolean[rows.size()];
    boolean[] isNeeded = new boolean[rows.size()];
    isReached[0] = true;
    isNeeded[last] = true;
    for (int vertex = 0; vertex <= last; vertex++) {
      for (int target = vertex + 1; target <= last; target++) {
        isReached[target] |= isReached[vertex] && isEdge(vertex, target);
      }
    }
    for (int vertex = last; vertex >= 0; vertex--) {
      for (int source = 0; source < vertex; source++) {
        isNeeded[source] |= isNeeded[vertex] && isEdge(source, vertex);
      }
    }
    List<Integer> pathless = new ArrayList<>();
    IntStream.rangeClosed(0, last)
        .filter(vertex -> !isReached[vertex] || !isNeeded[vertex])
        .forEach(pathless::add);
    return pathless;
  }

  private boolean isEdge(int source, int target) {
    return rows.get(source).charAt(target) == '1';
  }

  /** For messages. */
  @Override
  public String toString() {
    return "%s %s"
        .formatted(String.join("/", rows), operations.stream().collect(Collectors.joining(",")));
  }
}
