package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.convolution.VertexGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The marks of an architecture as a graph: a vertex for each marked operation, with an edge from
 * the state that it reads and one to the state that it adds to. A state that nothing adds to is an
 * input, one that nothing reads an output, the others are of one more kind, behind the operations.
 *
 * <p>States are vertices too, since a mean over operations alone would not tell how many there are.
 */
final class MarkedGraph {
  private final GraphLayout layout;
  private final List<Integer> kinds = new ArrayList<>();
  private final List<List<Integer>> before; // by state: the vertices that add to it
  private final List<List<Integer>> behind; // by state: those that read it

  private MarkedGraph(GraphLayout layout) {
    this.layout = layout;
    this.before = lists(layout.states());
    this.behind = lists(layout.states());
  }

  static VertexGraph of(GraphLayout layout, EncodedArchitecture architecture) {
    return new MarkedGraph(layout).graph(architecture);
  }

  private static List<List<Integer>> lists(int count) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private VertexGraph graph(EncodedArchitecture architecture) {
    for (int place = 0; place < layout.places().size(); place++) {
      for (int operation = 0; operation < layout.operations(); operation++) {
        if (architecture.has(place, operation)) {
          behind.get(layout.places().get(place).source()).add(kinds.size());
          before.get(layout.places().get(place).target()).add(kinds.size());
          kinds.add(VertexGraph.FIRST_OPERATION + operation);
        }
      }
    }
    List<Integer> edges = new ArrayList<>();
    for (int state = 0; state < layout.states(); state++) {
      if (before.get(state).isEmpty() && behind.get(state).isEmpty()) {
        continue;
      }
      int vertex = kinds.size();
      kinds.add(
          before.get(state).isEmpty()
              ? VertexGraph.INPUT
              : behind.get(state).isEmpty()
                  ? VertexGraph.OUTPUT
                  : VertexGraph.FIRST_OPERATION + layout.operations());
      before.get(state).forEach(source -> edges.add(VertexGraph.edge(source, vertex)));
      behind.get(state).forEach(target -> edges.add(VertexGraph.edge(vertex, target)));
    }
    return new VertexGraph(
        layout.operations() + VertexGraph.FIRST_OPERATION + 1, ints(kinds), ints(edges));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
