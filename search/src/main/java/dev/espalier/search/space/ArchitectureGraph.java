package dev.espalier.search.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An architecture as a directed graph without cycles, for predictors: first the states of its
 * cells, then a vertex for each of its operators, with an edge from the state that it reads and one
 * to the state that it adds to.
 *
 * @param operators the labels of the space's operators
 * @param kinds of the vertices: 0 for a state, {@code i + 1} for an operator of label {@code i}
 * @param edges in no particular order
 */
public record ArchitectureGraph(List<String> operators, List<Integer> kinds, List<Edge> edges) {
  /** An edge between two vertices, counted from 0. */
  public record Edge(int source, int target) {}

  public ArchitectureGraph {
    operators = List.copyOf(operators);
    kinds = List.copyOf(kinds);
    edges = List.copyOf(edges);
  }

  /**
   * The graph of an architecture.
   *
   * @param operators of the space
   * @param cells the types of cells, in order
   * @param states of each cell
   * @param joined edges between states, without an operator
   */
  public static ArchitectureGraph of(
      List<String> operators,
      List<String> cells,
      int states,
      List<PlacedOperator> placed,
      List<EdgeEnds> joined) {
    List<Integer> kinds = new ArrayList<>(Collections.nCopies(cells.size() * states, 0));
    List<Edge> edges = new ArrayList<>();
    for (PlacedOperator each : placed) {
      int first = cells.indexOf(each.edge().cell()) * states;
      edges.add(new Edge(first + each.edge().source(), kinds.size()));
      edges.add(new Edge(kinds.size(), first + each.edge().target()));
      kinds.add(operators.indexOf(each.operator()) + 1);
    }
    for (EdgeEnds each : joined) {
      int first = cells.indexOf(each.cell()) * states;
      edges.add(new Edge(first + each.source(), first + each.target()));
    }
    return new ArchitectureGraph(operators, kinds, edges);
  }

  public int vertices() {
    return kinds.size();
  }

  /**
   * Whether the last state of the first cell hears of its first one: else the network's output is
   * the same for every image, and nothing can be trained. A graph without states does.
   */
  public boolean carries() {
    int states = 0;
    while (states < kinds.size() && kinds.get(states) == 0) {
      states++;
    }
    boolean[] heard = new boolean[kinds.size()];
    if (states < 2) {
      return true;
    }
    heard[0] = true;
    for (boolean grows = true; grows; ) {
      grows = false;
      for (Edge edge : edges) {
        if (heard[edge.source()] && !heard[edge.target()] && !isNothing(edge.target())) {
          heard[edge.target()] = true;
          grows = true;
        }
      }
    }
    return heard[states - 1];
  }

  private boolean isNothing(int vertex) {
    return kinds.get(vertex) > 0 && operators.get(kinds.get(vertex) - 1).equals("none");
  }

  /** One row a vertex, 1 where its kind is. */
  public float[][] oneHot() {
    float[][] rows = new float[kinds.size()][operators.size() + 1];
    for (int vertex = 0; vertex < rows.length; vertex++) {
      rows[vertex][kinds.get(vertex)] = 1;
    }
    return rows;
  }
}
