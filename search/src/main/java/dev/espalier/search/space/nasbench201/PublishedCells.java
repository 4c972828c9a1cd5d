package dev.espalier.search.space.nasbench201;

import dev.espalier.search.meta.PublishedGraphs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cells as the files of MetaD2A have them: eight vertices, of which the inner six are the edges of
 * the cell in the order of its string, of type 2 + operator. Their edges are the same in all cells
 * of a file, but three wirings circulate; what a cell is stands in the types alone.
 */
public final class PublishedCells implements PublishedGraphs {
  private static final int FIRST_TYPE = 2;
  private static final int VERTICES = Edge.ALL.size() + 2;

  /** Without the path through the inner vertices, which some programs add when they load it. */
  private static final Map<String, Set<String>> WIRINGS = wirings();

  private static Map<String, Set<String>> wirings() {
    Map<String, Set<String>> wirings = new LinkedHashMap<>();
    wirings.put(
        "15 edges, that of the published generator and predictor",
        Set.of("0-1", "0-2", "0-4", "1-3", "1-5", "2-6", "3-6", "4-7", "5-7", "6-7"));
    wirings.put(
        "11 edges, that of the public files of tasks, with one edge from the start and one to the"
            + " end",
        Set.of("0-1", "1-3", "1-5", "2-6", "3-6", "6-7"));
    wirings.put(
        "10 edges, that of operations which follow each other in the cell",
        Set.of("0-1", "0-2", "0-3", "1-4", "1-5", "2-6", "3-7", "4-6", "5-7", "6-7"));
    return wirings;
  }

  @Override
  public String space() {
    return NasBench201.NAME;
  }

  @Override
  public Optional<Written> ofRows(List<List<Integer>> rows) {
    if (rows.size() != VERTICES || rows.stream().anyMatch(List::isEmpty)) {
      return Optional.empty();
    }
    List<Operator> operators = new ArrayList<>();
    for (int vertex = 1; vertex + 1 < VERTICES; vertex++) {
      int operator = rows.get(vertex).getFirst() - FIRST_TYPE;
      if (operator < 0 || operator >= Operator.ALL.size()) {
        return Optional.empty();
      }
      operators.add(Operator.ALL.get(operator));
    }
    return Optional.of(new Written(new Cell(operators).canonical(), wiring(rows)));
  }

  private static String wiring(List<List<Integer>> rows) {
    Set<String> edges = new TreeSet<>();
    for (int to = 1; to < rows.size(); to++) {
      for (int from = 0; from < to && from + 1 < rows.get(to).size(); from++) {
        boolean isPath = from > 0 && from + 1 == to && to + 1 < rows.size();
        if (rows.get(to).get(from + 1) == 1 && !isPath) {
          edges.add(from + "-" + to);
        }
      }
    }
    return WIRINGS.entrySet().stream()
        .filter(wiring -> wiring.getValue().equals(edges))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("another wiring: " + String.join(" ", edges));
  }
}
