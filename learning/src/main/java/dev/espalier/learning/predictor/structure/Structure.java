package dev.espalier.learning.predictor.structure;

import dev.espalier.search.space.ArchitectureGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An architecture's graph as five sparse vectors, in any space. Keys are lists of numbers that mean
 * the same in all architectures of the space.
 *
 * @param places how often an operator of a kind stands between two vertices: kind, before, behind
 * @param words how many paths have these operators in this order
 * @param bags how many paths have these operators in any order
 * @param operators how many of each kind lie on a path: kind
 * @param shape numbers of the paths, see {@link PathShape}
 */
public record Structure(
    Map<List<Integer>, Double> places,
    Map<List<Integer>, Double> words,
    Map<List<Integer>, Double> bags,
    Map<List<Integer>, Double> operators,
    Map<List<Integer>, Double> shape) {
  public static Structure of(ArchitectureGraph graph) {
    LiveGraph live = LiveGraph.of(graph);
    Map<List<Integer>, Double> words = PathWords.of(live);
    Map<List<Integer>, Double> operators = new LinkedHashMap<>();
    for (int vertex : live.order()) {
      if (live.kind(vertex) > 0) {
        operators.merge(List.of(live.kind(vertex)), 1.0, Double::sum);
      }
    }
    return new Structure(
        places(graph),
        words,
        PathWords.sorted(words),
        operators,
        PathShape.of(live, graph.operators()));
  }

  private static Map<List<Integer>, Double> places(ArchitectureGraph graph) {
    Map<List<Integer>, Double> places = new LinkedHashMap<>();
    for (ArchitectureGraph.Edge before : graph.edges()) {
      int kind = graph.kinds().get(before.target());
      for (ArchitectureGraph.Edge behind : graph.edges()) {
        if (kind > 0 && behind.source() == before.target()) {
          places.merge(List.of(kind, before.source(), behind.target()), 1.0, Double::sum);
        }
      }
    }
    return places;
  }
}
