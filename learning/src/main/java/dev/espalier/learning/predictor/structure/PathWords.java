package dev.espalier.learning.predictor.structure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a graph's paths: the kinds of the operators on each in order, without identities.
 * The empty word is a path of identities alone.
 */
final class PathWords {
  /** With more paths there are no words: the sums over all paths say it then. */
  private static final int MOST_PATHS = 512;

  private final LiveGraph graph;
  private final Map<List<Integer>, Double> counts = new LinkedHashMap<>();

  private PathWords(LiveGraph graph) {
    this.graph = graph;
  }

  /** How many paths have each word. */
  static Map<List<Integer>, Double> of(LiveGraph graph) {
    PathWords words = new PathWords(graph);
    if (PathSums.of(graph, kind -> false).paths() <= MOST_PATHS) {
      for (int vertex : graph.order()) {
        if (graph.isSource(vertex)) {
          words.follow(vertex, List.of());
        }
      }
    }
    return words.counts;
  }

  private void follow(int vertex, List<Integer> before) {
    List<Integer> word = before;
    if (graph.role(vertex).isLetter()) {
      word = new ArrayList<>(before);
      word.add(graph.kind(vertex));
    }
    if (graph.isSink(vertex)) {
      counts.merge(List.copyOf(word), 1.0, Double::sum);
    }
    for (int next : graph.outOf(vertex)) {
      follow(next, word);
    }
  }

  /** The same words with their letters sorted. */
  static Map<List<Integer>, Double> sorted(Map<List<Integer>, Double> words) {
    Map<List<Integer>, Double> sorted = new LinkedHashMap<>();
    words.forEach(
        (word, count) -> sorted.merge(word.stream().sorted().toList(), count, Double::sum));
    return sorted;
  }
}
