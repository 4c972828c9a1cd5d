package dev.espalier.learning.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Graphs while they grow together. */
final class Growth {
  private final int vertices;
  private final int[][] types;
  private final boolean[][][] edges;
  private final int[] count;
  private final boolean[] ended;

  Growth(int graphs, int vertices) {
    this.vertices = vertices;
    this.types = new int[graphs][vertices];
    this.edges = new boolean[graphs][vertices][vertices];
    this.count = new int[graphs];
    this.ended = new boolean[graphs];
    Arrays.fill(count, 1); // the start
  }

  int size() {
    return types.length;
  }

  boolean allEnded() {
    for (boolean each : ended) {
      if (!each) {
        return false;
      }
    }
    return true;
  }

  /** Decides the type of a vertex in each graph; one of the end type ends its graph. */
  void types(int vertex, float[] probabilities, int known, Decisions decisions) {
    for (int graph = 0; graph < size(); graph++) {
      if (!ended[graph]) {
        int from = graph * known;
        types[graph][vertex] =
            decisions.type(vertex, graph, Arrays.copyOfRange(probabilities, from, from + known));
        count[graph]++;
        if (types[graph][vertex] == CodedGraph.END) {
          end(graph);
        }
      }
    }
  }

  /** The types of a vertex; of graphs without it, any. */
  int[] types(int vertex) {
    return Arrays.stream(types).mapToInt(each -> each[vertex]).toArray();
  }

  /** 1 for each graph that gets the edge; null if none does. */
  float @Nullable [] edges(int source, int vertex, float[] probabilities, Decisions decisions) {
    float[] kept = new float[size()];
    boolean any = false;
    for (int graph = 0; graph < kept.length; graph++) {
      if (!ended[graph] && decisions.edge(source, vertex, graph, probabilities[graph])) {
        edges[graph][source][vertex] = true;
        kept[graph] = 1;
        any = true;
      }
    }
    return any ? kept : null;
  }

  /** Gives all graphs that have no end yet their last vertex. */
  void end() {
    for (int graph = 0; graph < size(); graph++) {
      if (!ended[graph]) {
        types[graph][vertices - 1] = CodedGraph.END;
        count[graph]++;
        end(graph);
      }
    }
  }

  /** Ties the last vertex to those without successor. */
  private void end(int graph) {
    int last = count[graph] - 1;
    for (int vertex = 0; vertex < last; vertex++) {
      boolean loose = true;
      for (int to = vertex + 1; to < last; to++) {
        loose &= !edges[graph][vertex][to];
      }
      edges[graph][vertex][last] = loose;
    }
    ended[graph] = true;
  }

  List<CodedGraph> graphs() {
    List<CodedGraph> graphs = new ArrayList<>(size());
    for (int graph = 0; graph < size(); graph++) {
      boolean[][] own = new boolean[count[graph]][];
      for (int from = 0; from < own.length; from++) {
        own[from] = Arrays.copyOf(edges[graph][from], own.length);
      }
      graphs.add(new CodedGraph(Arrays.copyOf(types[graph], own.length), own));
    }
    return graphs;
  }
}
